/** What auctions of one ilk come to together, in their order, on top of `start`. */
export function sumOfIlk<A extends { readonly reserve: number }>(
  auctions: readonly A[],
  ilk: number,
  of: (auction: A) => number,
  start = 0,
): number {
  return auctions.reduce((sum, auction) => (auction.reserve === ilk ? sum + of(auction) : sum), start);
}

/** Terms smaller than this, relative to the largest, change no quantile. */
const NEGLIGIBLE = 1e-20;

/**
 * The smallest k with P(B <= k) >= q for each q, in ascending order, of a binomial B of n trials with success
 * probability p in (0, 1). Exact: the terms are built outwards from the mode by their ratios, then normalised.
 */
export function binomialQuantiles(n: number, p: number, qs: readonly number[]): number[] {
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const { first, weights } = termsAround(mode, n, p);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let k = 0;
  let cumulated = weights[0];
  return qs.map((q) => {
    while (cumulated < q * total && k + 1 < weights.length) cumulated += weights[++k];
    return first + k;
  });
}

function termsAround(mode: number, n: number, p: number): { first: number; weights: number[] } {
  const odds = p / (1 - p);
  const below: number[] = [];
  const above: number[] = [];
  for (let k = mode, term = 1; k > 0 && term > NEGLIGIBLE; k--) {
    term *= k / ((n - k + 1) * odds);
    below.push(term);
  }
  for (let k = mode, term = 1; k < n && term > NEGLIGIBLE; k++) {
    term *= ((n - k) * odds) / (k + 1);
    above.push(term);
  }
  return { first: mode - below.length, weights: [...below.reverse(), 1, ...above] };
}

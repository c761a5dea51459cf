import type { Book } from "../model";

/** The book with a leg of `reserve` as collateral in every account, behind its other collateral, with nothing in it yet. */
export function withCollateral(book: Book, reserve: number): Book {
  const legs = book.accounts.flatMap((_, account) => {
    const own = Array.from(
      { length: book.first[account + 1] - book.first[account] },
      (_, i) => book.first[account] + i,
    );
    const held = own.filter((leg) => book.side[leg] === 0);
    return [...held, NEW, ...own.slice(held.length)];
  });
  const of = <T>(values: ArrayLike<T>, added: T) => legs.map((leg) => (leg === NEW ? added : values[leg]));
  return {
    ...book,
    first: Int32Array.from(book.first, (leg, account) => leg + account),
    reserve: Int16Array.from(of(book.reserve, reserve)),
    side: Uint8Array.from(of(book.side, 0)),
    amount: Float64Array.from(of(book.amount, 0)),
  };
}

const NEW = -1;

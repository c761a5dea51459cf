import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Position } from "../../src/data/positions";
import { finished } from "../../src/dsl/steps";
import { canonicalBook, withoutAccounts } from "../../src/model/canonical-book";

const reserves = ["WETH", "USDC", "DAI"];

function position(
  account: string,
  asset: string,
  side: Position["side"],
  amount: number,
  emode?: string,
): Position {
  return { account, asset, side, amount, emode };
}

function joined(...books: Position[][]) {
  const sources = books.map((positions, i) => ({ name: `book${i}`, positions }));
  return finished(canonicalBook(sources, reserves, ["eth", "btc"]));
}

describe("the canonical book", () => {
  it("sorts accounts by id in code units, and legs by side and reserve", () => {
    const { book } = joined([
      position("b", "DAI", "debt", 3),
      position("b", "USDC", "collateral", 2),
      position("B", "WETH", "debt", 5),
      position("b", "WETH", "collateral", 1, "btc"),
    ]);
    expect(book).toEqual({
      accounts: ["B", "b"],
      emode: Int16Array.of(-1, 1),
      first: Int32Array.of(0, 1, 4),
      reserve: Int16Array.of(0, 0, 1, 2),
      side: Uint8Array.of(1, 0, 0, 1),
      amount: Float64Array.of(5, 1, 2, 3),
    });
  });

  it("sums the same holding and says so", () => {
    const { book, duplicates } = joined(
      [position("a", "WETH", "debt", 1), position("a", "WETH", "debt", 2)],
      [position("a", "WETH", "debt", 3)],
    );
    expect([...book.amount]).toEqual([6]);
    expect(duplicates).toEqual([{ source: 1, account: "a", asset: "WETH", side: "debt", times: 3 }]);
  });

  it("leaves zero amounts out and counts them", () => {
    const { book, zeros } = joined(
      [position("a", "WETH", "debt", 0), position("b", "WETH", "debt", 1)],
      [position("c", "DAI", "debt", 0)],
    );
    expect(book.accounts).toEqual(["b"]);
    expect([...zeros]).toEqual([1, 1]);
  });

  it("takes an account's E-mode from any of its positions and finds contradictions", () => {
    const { book, conflicts } = joined([
      position("a", "WETH", "collateral", 1),
      position("a", "USDC", "debt", 1, "eth"),
      position("b", "WETH", "collateral", 1, "btc"),
      position("b", "USDC", "debt", 1, "eth"),
    ]);
    expect(book.emode[0]).toBe(0);
    expect(conflicts).toEqual([{ source: 0, account: "b", emodes: ["btc", "eth"] }]);
  });

  it("knows the first book of each account", () => {
    expect([
      ...joined(
        [position("b", "WETH", "debt", 1)],
        [position("a", "WETH", "debt", 1), position("b", "DAI", "debt", 1)],
      ).source,
    ]).toEqual([1, 0]);
  });

  it("can be had without some accounts", () => {
    const { book } = joined([
      position("a", "WETH", "debt", 1),
      position("b", "WETH", "collateral", 2),
      position("b", "DAI", "debt", 3),
      position("c", "DAI", "debt", 4),
    ]);
    expect(withoutAccounts(book, new Set([0, 2]))).toEqual({
      accounts: ["b"],
      emode: Int16Array.of(-1),
      first: Int32Array.of(0, 2),
      reserve: Int16Array.of(0, 2),
      side: Uint8Array.of(0, 1),
      amount: Float64Array.of(2, 3),
    });
  });

  it("has the same bits for any order of the rows", () => {
    const row = fc.record({
      account: fc.constantFrom("a", "b", "c", "ä", "B"),
      asset: fc.constantFrom(...reserves),
      side: fc.constantFrom("collateral" as const, "debt" as const),
      amount: fc.double({ min: 0, max: 1e9, noNaN: true }),
    });
    const shuffled = fc
      .array(row, { maxLength: 30 })
      .chain((rows) =>
        fc.tuple(
          fc.constant(rows),
          fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        expect(joined(other).book).toEqual(joined(rows).book);
      }),
    );
  });
});

import type { RiskFile } from "../../../src/dsl/parse";
import { listingsOf } from "../../../src/model/listings";
import type { Relation } from "./relation";

/** Of those who pay for what accounts do not. */
export const payerRelations: readonly Relation[] = [
  {
    at: "backstops",
    because: "a limit may be on what they pay",
    isThere: () => true,
  },
  {
    at: "backstops/*/covers",
    because: "what is covered can be owed",
    wish: ({ file }) => ({ among: Object.keys(file.markets!).flatMap((name) => lentIn(file, name)) }),
  },
  {
    at: "backstops/*/market",
    because: "what is covered can be owed there",
    wish: ({ file, siblings: { covers } }) => ({
      among: Object.keys(file.markets!).filter((name) => lentIn(file, name).includes(covers)),
    }),
  },
];

function lentIn(file: RiskFile, market: string): string[] {
  const lent = listingsOf(file.markets![market]).filter(({ side }) => side !== "collateral");
  return lent.map(({ asset }) => asset);
}

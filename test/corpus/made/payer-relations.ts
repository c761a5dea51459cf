import type { RiskFile } from "../../../src/dsl/parse";
import { listingsOf } from "../../../src/model/listings";
import type { Relation } from "./relation";

const OF_VAULTS = ["vault-loss", "withdrawable"];

/** Of those who pay for what accounts do not. */
export const payerRelations: readonly Relation[] = [
  {
    at: "markets/*/supplied|borrowed|rateAtTarget",
    because: "a vault's share is of all that is supplied",
    isThere: ({ siblings }) => (siblings.rules === "morpho-blue" ? true : undefined),
  },
  {
    at: "vaults",
    because: "a limit may be on them, and they lend to isolated markets",
    isThere: ({ file }) => vaultMarkets(file).length > 0,
  },
  {
    at: "vaults/*/asset",
    because: "a vault lends what its markets do",
    wish: ({ file }) => ({ among: vaultMarkets(file).map(([, { loan }]) => loan) }),
  },
  {
    at: "vaults/*/allocations",
    because: "a vault's markets lend its asset, and are supplied with more than vaults have there",
    wish: ({ file, siblings: { asset }, dice }) => {
      const lending = vaultMarkets(file).filter(([, { loan }]) => loan === asset);
      return {
        names: dice.some(
          lending.map(([name]) => name),
          1 + dice.below(2),
        ),
      };
    },
  },
  {
    at: "vaults/*/allocations/*/supplied",
    because: "markets are supplied with more than vaults have there",
    wish: ({ file, path }) => {
      const market = vaultMarkets(file).find(([name]) => name === path[3]);
      return { range: [1, (market?.[1].supplied ?? 1) / 10] };
    },
  },
  {
    at: "vaults/*/allocations/*/cap",
    because: "no more is supplied than the cap",
    wish: ({ siblings: { supplied } }) => ({ exactly: supplied * 2 }),
  },
  {
    at: "limits/*/metric",
    because: "a limit on vaults is on some",
    wish: ({ file, schema }) =>
      file.vaults ? {} : { among: schema.enum!.filter((metric) => !OF_VAULTS.includes(metric)) },
  },
  {
    at: "limits/*/vault",
    because: "only some metrics are of vaults",
    wish: ({ file }) => ({ among: Object.keys(file.vaults ?? {}) }),
  },
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

/** Isolated markets that say what is supplied. */
function vaultMarkets({ markets }: RiskFile) {
  return Object.entries(markets!).flatMap(([name, market]) =>
    market.rules === "morpho-blue" && market.supplied !== undefined
      ? [[name, { loan: market.loan, supplied: market.supplied }] as const]
      : [],
  );
}

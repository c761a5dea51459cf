import type { RiskFile } from "../../../src/dsl/parse";
import { resolved, type Schema } from "../../../src/dsl/schema";
import { assetsOf, oracleOf, priceOf } from "./named";
import type { Place, Relation } from "./relation";
import { threeDigits } from "./scalars";

/** Value of what fills a reserve, and of what nothing reaches. */
const LARGE = 1e12;
const FAR_MORE = 1e14;
const FALLS = "a price falls to the oracle's before its auction has to be started again";

export const marketRelations: readonly Relation[] = [
  {
    at: "markets/*/reserves",
    because: "one asset is held and another owed",
    wish: ({ file, schema, dice }) =>
      schema.keys ? { names: dice.some(assetsOf(file), 2 + dice.below(3)) } : {},
  },
  {
    at: "markets/*/reserves/*",
    because: "something can be collateral",
    wish: ({ file, path, schema }) =>
      path[3] === reservesOf(file, path)[0] ? { has: thresholdsIn(schema) } : {},
  },
  {
    at: "markets/*/reserves|collaterals/*/oracle",
    because: "an oracle reports the asset that it prices",
    wish: ({ file, path }) => ({ exactly: oracleOf(file, String(path[3])) }),
  },
  {
    at: "markets/*/reserves/*/supplied",
    because: "all that is supplied is more than the books have",
    wish: ({ path, ...place }) => ({ exactly: farMoreThanBooks(place, String(path[3])) }),
  },
  {
    at: "markets/*/supplied",
    because: "all that is supplied is more than the books have",
    wish: ({ siblings, ...place }) => ({
      exactly: farMoreThanBooks(place, siblings.loan ?? siblings.base ?? siblings.asset),
    }),
  },
  {
    at: "markets/*/reserves/*/borrowed",
    because: "what is lent was supplied, and is more than the books owe",
    wish: ({ siblings, dice }) => ({ exactly: threeDigits(siblings.supplied * dice.within(0.1, 0.9)) }),
  },
  {
    at: "markets/*/borrowed",
    because: "what is lent was supplied, and is more than the books owe",
    wish: ({ siblings, dice }) => ({ exactly: threeDigits(siblings.supplied * dice.within(0.1, 0.9)) }),
  },
  {
    at: "markets/*/collaterals/*/supplied",
    because: "all that is supplied is more than the books have",
    wish: ({ path, ...place }) => ({ exactly: farMoreThanBooks(place, String(path[3])) }),
  },
  {
    at: "markets/*/reserves|collaterals/*/supplyCap",
    because: "there is room for new supply, of less than a ceiling lets be owed against it",
    wish: ({ file, path, siblings }) => ({
      exactly:
        siblings.supplied === undefined
          ? threeDigits(LARGE / priceOf(file, String(path[3])))
          : siblings.supplied * 1.001,
    }),
  },
  {
    at: "markets/*/reserves/*/borrowCap",
    because: "more may be owed than new positions owe",
    wish: ({ file, path, siblings }) => ({
      exactly: threeDigits(2 * (siblings.borrowed ?? 0) + FAR_MORE / priceOf(file, String(path[3]))),
    }),
  },
  {
    at: "markets/*/borrowCap",
    because: "more may be owed than new positions owe",
    wish: ({ file, siblings }) => ({
      exactly: threeDigits(2 * (siblings.borrowed ?? 0) + FAR_MORE / priceOf(file, siblings.asset)),
    }),
  },
  {
    at: "markets/*/emodes/*/collateral",
    because: "a category is for collateral",
    wish: ({ file, path, dice }) => ({ names: dice.some(collateralOf(file, path), 1 + dice.below(2)) }),
  },
  {
    at: "markets/*/emodes/*/liquidationThreshold",
    because: "a category is better than the reserves in it",
    wish: () => ({ range: [0.85, 0.9] }),
  },
  {
    at: "markets/*/isolation/debtCeilings",
    because: "something is collateral for any debt",
    wish: ({ file, path, dice }) => ({
      names: dice.some(reservesOf(file, path).slice(1), 1 + dice.below(2)),
    }),
  },
  {
    at: "markets/*/isolation/debtCeilings/*",
    because: "the books owe less than a ceiling",
    wish: () => ({ range: [1e13, 1e14] }),
  },
  {
    at: "markets/*/collaterals",
    because: "what is owed is no collateral of its own market",
    wish({ file, siblings, dice }) {
      const others = assetsOf(file).filter((asset) => asset !== (siblings.base ?? siblings.asset));
      return { names: dice.some(others, 1 + dice.below(others.length)) };
    },
  },
  {
    at: "markets/*/collateral|loan",
    because: "a pair needs an oracle of the one in the other",
    wish({ file, path, siblings }) {
      if (siblings.rules !== "morpho-blue") return {};
      const pairs = pairOracles(file, siblings).map(([, oracle]) => oracle);
      return { among: pairs.map((oracle) => (path[2] === "loan" ? oracle.in : oracle.of)) };
    },
  },
  {
    at: "markets/*/debt",
    because: "what is owed is no collateral of its own market",
    wish: ({ file, siblings }) => ({
      among: assetsOf(file).filter((asset) => asset !== siblings.collateral),
    }),
  },
  {
    at: "markets/*/oracle",
    because: "an oracle reports the asset that it prices, in the unit that the market reads",
    wish({ file, siblings }) {
      if (siblings.loan !== undefined) return { among: pairOracles(file, siblings).map(([name]) => name) };
      return { exactly: oracleOf(file, siblings.base ?? siblings.asset ?? siblings.collateral) };
    },
  },
  {
    at: "markets/*/minimumCollateralRatio",
    because:
      "nobody is under water before anything happens, and recovery mode does not begin below it, nor where it begins by default",
    wish: () => ({ range: [1.05, 1.5] }),
  },
  {
    at: "markets/*/criticalCollateralRatio",
    because: "a market is not in recovery mode before anything happens",
    wish: () => ({ range: [1.5, 1.95] }),
  },
  {
    at: "markets/*/ilks",
    because: "an asset has one ilk, and what is owed has none",
    wish: ({ dice }) => ({ count: 1 + dice.below(2) }),
  },
  {
    at: "markets/*/ilks/*/asset",
    because: "an asset has one ilk, and what is owed has none",
    wish({ file, path }) {
      const { debt, ilks } = makerAt(file, path);
      const taken = [debt, ...Object.values(ilks).map((ilk) => ilk?.asset)];
      return { among: assetsOf(file).filter((asset) => !taken.includes(asset)) };
    },
  },
  {
    at: "markets/*/ilks/*/oracle",
    because: "an oracle reports the asset that it prices",
    wish: ({ file, siblings }) => ({ exactly: oracleOf(file, siblings.asset) }),
  },
  {
    at: "markets/*/ilks/*/mat",
    because: "nobody is under water before anything happens",
    wish: () => ({ range: [1, 1.95] }),
  },
  {
    at: "markets/*/ilks/*/tail",
    because: FALLS,
    wish: () => ({ range: [3600, 86_400] }),
  },
  {
    at: "markets/*/ilks/*/calc/linear/tau",
    because: FALLS,
    wish: ({ file, path }) => ({ range: [0, ilkAt(file, path).tail] }),
  },
  {
    at: "markets/*/ilks/*/calc/stairstep/cut",
    because: FALLS,
    wish: () => ({ range: [0.5, 0.99] }),
  },
  {
    at: "markets/*/ilks/*/calc/stairstep/step",
    because: FALLS,
    wish({ file, path, siblings }) {
      const { buf, tail } = ilkAt(file, path);
      const cuts = Math.max(1, Math.ceil(-Math.log(buf) / Math.log(siblings.cut)));
      return { range: [0, tail / cuts] };
    },
  },
  {
    at: "markets/*/ilks/*/calc/exponential/cut",
    because: FALLS,
    wish({ file, path }) {
      const { buf, tail } = ilkAt(file, path);
      return { range: [0, 0.99 * Math.min(1, buf ** (-1 / tail))] };
    },
  },
  {
    at: "markets/*/A",
    because: "more is lent on a band than books owe",
    wish: () => ({ range: [50, 1000] }),
  },
  {
    at: "markets/*/bands",
    because: "more is lent on a band than books owe",
    wish: () => ({ range: [4, 20] }),
  },
  {
    at: "markets/*/loanDiscount",
    because:
      "more is lent on a band than books owe, and a new loan of the largest size cannot be liquidated at once",
    wish: () => ({ range: [0.07, 0.2] }),
  },
  {
    at: "markets/*/liquidationDiscount",
    because: "a new loan of the largest size cannot be liquidated at once",
    wish: ({ siblings }) => ({ range: [0, 0.9 * (siblings.loanDiscount ?? 0.09)] }),
  },
];

function thresholdsIn({ properties = {} }: Schema): string[] {
  return Object.keys(properties).filter((key) => resolved(properties[key]).role === "threshold");
}

type MarketPath = Place["path"];

function reservesOf(file: RiskFile, path: MarketPath): string[] {
  const market = file.markets![path[1]];
  return "reserves" in market ? Object.keys(market.reserves ?? {}) : [];
}

/** Reserves of Aave with a threshold. */
function collateralOf(file: RiskFile, path: MarketPath): string[] {
  const market = file.markets![path[1]];
  const reserves = "emodes" in market ? market.reserves : {};
  return Object.keys(reserves).filter((asset) => reserves[asset].liquidationThreshold !== undefined);
}

function makerAt(file: RiskFile, path: MarketPath) {
  return file.markets![path[1]] as Extract<NonNullable<RiskFile["markets"]>[string], { rules: "maker" }>;
}

function ilkAt(file: RiskFile, path: MarketPath) {
  return makerAt(file, path).ilks[path[3]];
}

function farMoreThanBooks({ file, dice }: Pick<Place, "file" | "dice">, asset: string): number {
  return threeDigits(10 ** dice.within(14, 15) / priceOf(file, asset));
}

/** Oracles in an asset, as far as the sides of a market are known. */
function pairOracles(file: RiskFile, { collateral, loan }: Place["siblings"]) {
  return Object.entries(file.oracles!).filter(
    ([, oracle]) =>
      oracle.in !== undefined && oracle.of === (collateral ?? oracle.of) && oracle.in === (loan ?? oracle.in),
  );
}

import type { RiskFile } from "../../../src/dsl/parse";
import type { Path } from "../../../src/dsl/problem";
import { assetsOf, indexIn, oracleOf, priceOf } from "./named";
import type { Relation, Wish } from "./relation";
import { type Range, threeDigits } from "./scalars";

/** Of assets, and of what trades and prices them. */
export const assetRelations: readonly Relation[] = [
  {
    at: "assets",
    because: "collateral is sold for another asset, and correlations are between three and more",
    wish: ({ dice }) => ({ count: 3 + dice.below(3) }),
  },
  {
    at: "assets/*",
    because:
      "a free asset has a price, and a volatility for random paths; a pegged one follows another's price",
    wish: ({ file, dice, path }) =>
      dice.pick<Wish>([
        { has: ["price", "volatility"] },
        ...(assetsOf(file)[0] === path[1]
          ? []
          : [{ has: ["pegged"], lacks: ["price"] }, { has: ["stable"] }]),
      ]),
  },
  {
    at: "assets/*/pegged/to",
    because: "pegs do not run in a circle",
    wish: ({ file, path }) => ({ among: assetsOf(file).slice(0, assetsOf(file).indexOf(String(path[1]))) }),
  },
  {
    at: "assets/*/pegged/ratio",
    because: "some protocols count what is owed for 1, which must not be more than it is worth",
    wish: () => ({ range: [1, 20] }),
  },
  {
    at: "assets/*/price",
    because: "some protocols count what is owed for 1, which must not be more than it is worth",
    wish: () => ({ range: [1, 1e6] }),
  },
  {
    at: "assets/*/decimals",
    because: "what accounts have of an asset is many of its token's smallest units",
    wish: ({ file, path }) => ({ range: [4 + Math.ceil(Math.log10(priceOf(file, String(path[1])))), 36] }),
  },
  {
    at: "scenarios/*/monte-carlo/dynamics/rate",
    because: "jumps are a part of every free asset's volatility",
    wish: ({ file }) => ({ range: [0, leastVariance(file) / MOST_OF_A_JUMP] }),
  },
  {
    at: "scenarios/*/monte-carlo/dynamics/interval",
    because: "a variance holds for at least a step",
    isThere: ({ file, path, dice }) => stepOf(file, path) > DAY || dice.chance(0.5),
    wish: ({ file, path }) => ({ range: [Math.max(DAY, stepOf(file, path)), 31_536_000] }),
  },
  {
    at: "scenarios/*/monte-carlo/dynamics/reversion",
    because: "half of a variance reverts in no less than a step",
    wish: ({ file, path }) => ({ range: [Math.max(DAY, stepOf(file, path)), 31_536_000] }),
  },
  {
    at: "scenarios/*/monte-carlo/dynamics/alpha|beta",
    because: "the variance has a long run",
    wish: () => ({ range: [0, 0.45] }),
  },
  {
    at: "correlations/default",
    because: "correlations that are small do not contradict each other (a dominant diagonal)",
    wish: () => ({ range: [-0.2, 0.2] }),
  },
  {
    at: "correlations/pairs",
    because: "a pair is listed once",
    wish: ({ file, dice }) => {
      const { length } = pairsOfFree(file);
      return { count: length && 1 + dice.below(length) };
    },
  },
  {
    at: "correlations/pairs/*/0|1",
    because: "only free assets are correlated, with others",
    wish: ({ file, path }) => ({ exactly: pairsOfFree(file)[Number(path[2])][Number(path[3])] }),
  },
  {
    at: "correlations/pairs/*/2",
    because: "correlations that are small do not contradict each other (a dominant diagonal)",
    wish: () => ({ range: [-0.2, 0.2] }),
  },
  {
    at: "venues",
    because: "every asset can be swapped into every other, and an asset has one venue",
    wish: ({ file }) => ({ count: assetsOf(file).length - 1 }),
  },
  {
    at: "venues/*/pair/0",
    because: "every asset can be swapped into every other, and an asset has one venue",
    wish: ({ file, path }) => ({ exactly: assetsOf(file)[indexIn(file.venues, path) + 1] }),
  },
  {
    at: "venues/*/pair/1",
    because: "every asset can be swapped into every other",
    wish: ({ file }) => ({ exactly: assetsOf(file)[0] }),
  },
  {
    at: "venues/*/reserves/0",
    because: "an empty pool has no price",
    wish: () => ({ range: [1, 1e6] }),
  },
  {
    at: "venues/*/reserves/1",
    because: "a pool trades at the prices of its assets",
    wish: ({ file, siblings: { pair, reserves } }) => ({
      exactly: threeDigits((reserves[0] * priceOf(file, pair[0])) / priceOf(file, pair[1])),
    }),
  },
  {
    at: "venues/*",
    because: "a pool's ticks are counted in the order of the tokens' addresses",
    wish: ({ schema, file, path }) =>
      canHaveTicks(file, assetsOf(file)[indexIn(file.venues, path) + 1]) || !schema.properties?.ranges
        ? {}
        : { has: ["ranges"] },
  },
  {
    at: "venues/*/ranges/*/from",
    because: "the price of the assets is in every range",
    wish: ({ file, path }) => ({ range: around(venuePrice(file, path), 0.1, 0.99) }),
  },
  {
    at: "venues/*/ranges/*/to",
    because: "the price of the assets is in every range",
    wish: ({ file, path }) => ({ range: around(venuePrice(file, path), 1.01, 10) }),
  },
  {
    at: "oracles",
    because: "every asset has a price in the numeraire, and isolated markets need some in other assets",
    wish: ({ file }) => ({ count: assetsOf(file).length + 2 }),
  },
  {
    at: "oracles/*",
    because:
      "the first report the assets in their order, and a rate is that of a peg, so that prices are right at the start",
    wish({ file, path, dice }) {
      const asset = assetsOf(file)[indexIn(file.oracles, path)];
      if (asset === undefined) return { has: ["of", "in"] };
      return file.assets[asset].pegged && dice.chance(0.5)
        ? { has: ["base"] }
        : { has: ["of"], lacks: ["in"] };
    },
  },
  {
    at: "oracles/*/of",
    because: "the first of them report the assets in their order",
    wish({ file, path }) {
      const asset = assetsOf(file)[indexIn(file.oracles, path)];
      return { among: asset === undefined ? assetsOf(file) : [asset] };
    },
  },
  {
    at: "oracles/*/in",
    because: "a price is in another asset",
    wish: ({ file, siblings }) => ({ among: assetsOf(file).filter((asset) => asset !== siblings.of) }),
  },
  {
    at: "oracles/*/base",
    because: "a pegged asset's price follows from the asset it is pegged to",
    wish: ({ file, path }) => ({ exactly: oracleOf(file, pegOf(file, path).to) }),
  },
  {
    at: "oracles/*/heartbeat",
    because: "a step of a minute misses no report",
    wish: () => ({ range: [60, 86_400] }),
  },
  {
    at: "oracles/*/deviation",
    because: "a step of a minute misses no report, whatever the volatility",
    wish: () => ({ range: [0.02, 0.5] }),
  },
  {
    at: "oracles/*/rate",
    because: "a pegged asset's price follows from the asset it is pegged to",
    wish: ({ file, path }) => ({ exactly: pegOf(file, path).ratio }),
  },
];

const DAY = 86_400;

function stepOf({ scenarios }: RiskFile, path: Path): number {
  return scenarios![String(path[1])]["monte-carlo"]!.step;
}

/** More than E[J^2] of a jump of -99% with the largest spread. */
const MOST_OF_A_JUMP = 25;

function leastVariance({ assets }: RiskFile): number {
  return Math.min(
    ...Object.values(assets).map(({ volatility = Number.POSITIVE_INFINITY }) => volatility ** 2),
  );
}

function pairsOfFree({ assets }: RiskFile): [string, string][] {
  const free = Object.keys(assets).filter((name) => assets[name].volatility !== undefined);
  return free.flatMap((a, i) => free.slice(i + 1).map((b): [string, string] => [a, b]));
}

function canHaveTicks(file: RiskFile, traded: string): boolean {
  return [assetsOf(file)[0], traded].every((asset) => file.assets[asset].address !== undefined);
}

function venuePrice(file: RiskFile, path: Path): number {
  const [traded, quote] = file.venues![path[1]].pair;
  return priceOf(file, traded) / priceOf(file, quote);
}

function around(price: number, low: number, high: number): Range {
  return [price * low, price * high];
}

/** Of the asset that an oracle reports. */
function pegOf(file: RiskFile, path: Path) {
  return file.assets[assetsOf(file)[indexIn(file.oracles, path)]].pegged!;
}

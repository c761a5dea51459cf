import type { RiskFile } from "../../../src/dsl/parse";
import type { Path } from "../../../src/dsl/problem";
import { listingOf, mostLentOn } from "../../../src/model/account-terms";
import { CRISES, type CrisisName, assetsOf as crisisAssets } from "../../../src/model/crises/library";
import { emodesFor, emodesIn, heldIn, indexIn, owedIn, priceOf } from "./named";
import type { Relation } from "./relation";
import { threeDigits } from "./scalars";

/** Of books, and of the scenarios and limits they go through. */
export const bookRelations: readonly Relation[] = [
  {
    at: "books",
    because: "a market's positions come from several books",
    wish: ({ dice }) => ({ count: 2 + dice.below(3) }),
  },
  {
    at: "books/*",
    because: "a reserve is filled by one book",
    wish: ({ file }) => ({
      lacks: Object.values(file.books!).some((book) => book?.fill) ? ["fill", "newPositions"] : [],
    }),
  },
  {
    at: "books/*/fill",
    because: "new accounts have collateral against which something may be owed",
    wish({ file, siblings: { market }, dice }) {
      const emodes = emodesFor(file, market);
      const emode = emodes.length > 0 && dice.chance(0.7) ? dice.pick(emodes) : undefined;
      const held = dice.some(heldIn(file, market, emode), 1 + dice.below(2));
      return { names: owedIn(file, market, held, emode).length > 0 ? held : held.slice(0, 1) };
    },
  },
  {
    at: "books/*/fill/*",
    because: "there is more to supply, and a cap where it is the target",
    wish({ file, path }) {
      const asset = String(path[3]);
      const listing = listingOf(file.markets![marketOf(file, path)], asset);
      const amount = threeDigits(1.01 * (listing?.supplied ?? 0) + 1e12 / priceOf(file, asset));
      return { among: listing?.supplyCap?.value === undefined ? [amount] : ["supplyCap", amount] };
    },
  },
  {
    at: "books/*/newPositions/emode",
    because: "an E-mode is of its market, and for all of the collateral",
    isThere: ({ file, path, dice }) => emodesOfFill(file, path).length > 0 && dice.chance(0.8),
    wish: ({ file, path }) => ({ among: emodesOfFill(file, path) }),
  },
  {
    at: "books/*/newPositions/loanToValue",
    because: "nothing is lent above the market's bound, and nobody is under water before anything happens",
    wish({ file, path, siblings: { emode }, dice }) {
      const market = file.markets![marketOf(file, path)];
      const bounds = filledIn(file, path).map((asset) => mostLentOn(market, asset, emode)?.value);
      const least = Math.min(0.5, ...bounds.map((bound) => bound ?? 1));
      const ratio = Math.floor(dice.within(0.2, 1) * least * 1000) / 1000;
      return { among: bounds.every((bound) => bound && bound <= 0.5) ? ["max", ratio] : [ratio] };
    },
  },
  {
    at: "books/*/newPositions/debt",
    because: "a market or an E-mode lends what it lists for that",
    wish: ({ file, path, siblings }) => ({
      among: owedIn(file, marketOf(file, path), filledIn(file, path), siblings.emode),
    }),
  },
  {
    at: "books/*/newPositions/debts",
    because: "a market or an E-mode lends what it lists for that",
    wish({ file, path, siblings, dice }) {
      const owed = owedIn(file, marketOf(file, path), filledIn(file, path), siblings.emode);
      return { names: dice.some(owed, 1 + dice.below(3)) };
    },
  },
  {
    at: "books/*/newPositions/count",
    because: "accounts are drawn for the test",
    wish: () => ({ range: [1, 200] }),
  },
  {
    at: "books/*/collateral",
    because: "collateral has a threshold",
    wish: ({ file, siblings }) => ({ among: heldIn(file, siblings.market) }),
  },
  {
    at: "books/*/debt",
    because: "a market lends what it lists for that",
    wish: ({ file, siblings }) => ({ among: owedIn(file, siblings.market, [siblings.collateral]) }),
  },
  {
    at: "books/*/positions",
    because: "an account holds one position and owes another",
    wish: ({ dice }) => ({ count: 2 * dice.below(5) }),
  },
  {
    at: "books/*/positions/*/account",
    because: "an account holds one position and owes another, and is in one book",
    wish({ path, file, dice }) {
      const before = holderOf(file, path)?.account;
      return {
        exactly: before ?? `${dice.pick(["0x", "account ", "#", ""])}${indexIn(file.books, path)}.${path[3]}`,
      };
    },
  },
  {
    at: "books/*/positions/*/side",
    because: "an account holds one position and owes another",
    wish: ({ file, path }) => ({ exactly: holderOf(file, path) ? "debt" : "collateral" }),
  },
  {
    at: "books/*/positions/*/asset",
    because: "collateral has a threshold, and a market or an E-mode lends what it lists for that",
    wish({ file, path }) {
      const holder = holderOf(file, path);
      const market = marketOf(file, path);
      return { among: holder ? owedIn(file, market, [holder.asset], holder.emode) : heldIn(file, market) };
    },
  },
  {
    at: "books/*/positions/*/amount",
    because: "nobody is under water before anything happens",
    wish({ file, path, siblings, dice }) {
      const holder = holderOf(file, path);
      const worth = holder
        ? holder.amount * priceOf(file, holder.asset) * dice.within(0.05, 0.5)
        : 10 ** dice.within(3, 6);
      return { exactly: threeDigits(worth / priceOf(file, siblings.asset)) };
    },
  },
  {
    at: "books/*/positions/*/emode",
    because: "an account is in one E-mode, of its market, in which it may owe something",
    isThere({ file, path, siblings, dice }) {
      const holder = holderOf(file, path);
      if (holder) return holder.emode !== undefined;
      return emodesFor(file, marketOf(file, path), siblings.asset).length > 0 && dice.chance(0.8);
    },
    wish({ file, path, siblings }) {
      const own = holderOf(file, path)?.emode;
      return { among: own === undefined ? emodesFor(file, marketOf(file, path), siblings.asset) : [own] };
    },
  },
  {
    at: "books/*/generate/count",
    because: "accounts are drawn for the test",
    wish: () => ({ range: [1, 300] }),
  },
  {
    at: "books/*/generate/emode",
    because: "an E-mode is of its market, and for some of its collateral",
    isThere: ({ file, path, dice }) => emodesFor(file, marketOf(file, path)).length > 0 && dice.chance(0.7),
    wish: ({ file, path }) => ({ among: emodesFor(file, marketOf(file, path)) }),
  },
  {
    at: "books/*/generate/collateral",
    because: "collateral has a threshold, is that of the E-mode, and something may be owed against all of it",
    wish({ file, path, siblings, dice }) {
      const market = marketOf(file, path);
      const held = dice.some(heldIn(file, market, siblings.emode), 1 + dice.below(3));
      return { names: owedIn(file, market, held, siblings.emode).length > 0 ? held : held.slice(0, 1) };
    },
  },
  {
    at: "books/*/generate/debt",
    because: "a market or an E-mode lends what it lists for that",
    wish({ file, path, siblings, dice }) {
      const held = Object.keys(siblings.collateral);
      return {
        names: dice.some(owedIn(file, marketOf(file, path), held, siblings.emode), 1 + dice.below(3)),
      };
    },
  },
  {
    at: "books/*/generate/loanToValue/max",
    because: "nobody is under water before anything happens",
    wish: () => ({ range: [0.05, 0.5] }),
  },
  {
    at: "books/*/generate/debtValue/lognormal/0",
    because: "books owe less than a ceiling, and less than all that is supplied",
    wish: () => ({ range: [5, 10] }),
  },
  {
    at: "books/*/generate/debtValue/lognormal/1",
    because: "books owe less than a ceiling, and less than all that is supplied",
    wish: () => ({ range: [0, 1.5] }),
  },
  {
    at: "scenarios/*/assets",
    because: "no asset is called as one of the event's",
    isThere: ({ siblings: { crisis } }) => crisis !== undefined,
    wish: ({ siblings: { crisis }, dice }) => ({
      names: dice.some(crisisAssets(CRISES[crisis as CrisisName]), 1 + dice.below(2)),
    }),
  },
  {
    at: "scenarios/*/monte-carlo/step",
    because: "a path has at least one step, and not too many, and no report of an oracle is missed",
    wish: ({ siblings: { horizon } }) => ({ range: [Math.ceil(horizon / 100_000), Math.min(60, horizon)] }),
  },
  {
    at: "scenarios/*/monte-carlo/horizon",
    because: "its steps are not too many",
    wish: () => ({ range: [60, 50 * 86_400] }),
  },
  {
    at: "limits/*/statistic",
    because: "a limit on random paths says of which statistic",
    isThere: () => true,
  },
  {
    at: "limits/*/level",
    because: "a quantile has a level",
    isThere: ({ siblings }) => siblings.statistic !== undefined,
  },
  {
    at: "limits/*/asset",
    because:
      "amplification is of an asset, what backstops pay and leave of one that a book owes, everything else of one that it holds",
    isThere: ({ file, siblings: { metric, market }, dice }) =>
      metric === "amplification" || (inBooks(file, metric, market).length > 0 && dice.chance(0.5)),
    wish: ({ file, siblings: { metric, market } }) =>
      metric === "amplification" ? {} : { among: inBooks(file, metric, market) },
  },
];

function marketOf(file: RiskFile, path: Path): string {
  return file.books![path[1]].market;
}

/** The position before, when this is what its account owes. */
function holderOf(file: RiskFile, path: Path) {
  const index = Number(path[3]);
  return index % 2 === 1 ? file.books![path[1]].positions![index - 1] : undefined;
}

function filledIn(file: RiskFile, path: Path): string[] {
  return Object.keys(file.books![path[1]].fill ?? {});
}

/** E-modes that all collateral of a fill is in, and in which something may be owed. */
function emodesOfFill(file: RiskFile, path: Path): string[] {
  const market = marketOf(file, path);
  const filled = filledIn(file, path);
  return emodesFor(file, market).filter((name) => {
    const { collateral } = emodesIn(file, market)[name];
    return (
      filled.every((asset) => collateral.includes(asset)) && owedIn(file, market, filled, name).length > 0
    );
  });
}

function inBooks(file: RiskFile, metric: string, market: string | undefined): string[] {
  const of = ["uncovered-loss", "backstop-used"].includes(metric) ? "debt" : "collateral";
  const books = Object.values(file.books!).filter((book) => market === undefined || book.market === market);
  return books.flatMap(({ positions = [], generate, fill, newPositions }) => [
    ...positions.flatMap(({ asset, side }) => (side === of ? [asset] : [])),
    ...Object.keys(generate?.[of] ?? {}),
    ...Object.keys((of === "debt" ? newPositions?.debts : fill) ?? {}),
    ...(of === "debt" && newPositions?.debt !== undefined ? [newPositions.debt] : []),
  ]);
}

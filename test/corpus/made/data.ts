import { FileProblem, type Workspace } from "../../../src/data/workspace";
import { shiftDecimal } from "../../../src/dsl/decimal";
import type { RiskFile } from "../../../src/dsl/parse";
import { listingsOf } from "../../../src/model/listings";
import { csv, type Row } from "./csv";
import type { Dice } from "./dice";
import { emodesFor, emodesIn, heldIn, owedIn, priceOf } from "./named";

/** The data files that a risk file names, in memory. */
export function dataBeside(file: RiskFile, dice: Dice): Workspace {
  const tables = new Map<string, Uint8Array>();
  for (const [name, book] of Object.entries(file.books ?? {}))
    if (book.file !== undefined) tables.set(book.file, csv(dice, rowsOf(file, name, dice)));
  for (const venue of Object.values(file.venues ?? {}))
    if ("file" in venue && venue.file !== undefined) {
      const rows = venue.model === "quotes" ? quotes(file, venue.pair, dice) : ticks(file, venue.pair, dice);
      tables.set(venue.file, csv(dice, rows));
    }
  return {
    read: async (path) => {
      const table = tables.get(path);
      if (table === undefined) throw new FileProblem("missing-file", "was not made");
      return table;
    },
  };
}

/** Accounts that owe at most half of what they hold, in the one form or the other. */
function rowsOf(file: RiskFile, name: string, dice: Dice): Row[] {
  const { market, collateral, debt } = file.books![name];
  const optional = dice.some(["market", "emode", "as_collateral", "health_factor"], dice.below(5));
  const index = Object.keys(file.books!).indexOf(name);
  return Array.from({ length: 1 + dice.below(20) }, (_, i) => {
    const account = dice.pick([`0x${index}${i}`.padEnd(42, "aF"), `${index}-${i}`]);
    const made = { account, market, held: 10 ** dice.within(3, 6), share: dice.within(0.01, 0.5) };
    if (collateral !== undefined && debt !== undefined)
      return [accountRow(file, made, { collateral, debt, optional, dice })];
    return positionRows(file, made, { optional, dice });
  }).flat();
}

interface Account {
  readonly account: string;
  readonly market: string;
  /** Value of the collateral, and the share of it that is owed. */
  readonly held: number;
  readonly share: number;
}

interface Options {
  readonly optional: readonly string[];
  readonly dice: Dice;
}

function accountRow(
  file: RiskFile,
  { account, market, held, share }: Account,
  { collateral, debt, optional, dice }: Options & { collateral: string; debt: string },
): Row {
  const emodes = emodesFor(file, market, collateral).filter((each) =>
    owedIn(file, market, [collateral], each).includes(debt),
  );
  const emode = optional.includes("emode") && dice.chance(0.5) ? dice.pick(emodes) : undefined;
  const further = {
    market,
    emode,
    health_factor: (thresholdOf(file, market, collateral, emode) / share).toFixed(3),
  };
  return { account, collateral_value: held, debt_value: held * share, ...only(further, optional) };
}

function positionRows(
  file: RiskFile,
  { account, market, held, share }: Account,
  { optional, dice }: Options,
): Row[] {
  const collateral = dice.pick(heldIn(file, market));
  const emode =
    optional.includes("emode") && dice.chance(0.5)
      ? dice.pick(emodesFor(file, market, collateral))
      : undefined;
  const debt = dice.pick(owedIn(file, market, [collateral], emode));
  const further = only(
    { market: dice.pick([market, ""]), emode, as_collateral: dice.pick(["true", "1", ""]) },
    optional,
  );
  const row = (asset: string, side: string, worth: number) => ({
    account,
    asset: dice.pick([asset, asset.toLowerCase(), file.assets[asset].address ?? asset]),
    side,
    amount: worth / priceOf(file, asset),
    ...further,
  });
  return [row(collateral, "collateral", held), row(debt, "debt", held * share)];
}

function only(cells: Row, columns: readonly string[]): Row {
  return Object.fromEntries(Object.entries(cells).filter(([column]) => columns.includes(column)));
}

function thresholdOf(file: RiskFile, market: string, asset: string, emode: string | undefined): number {
  const category = emode === undefined ? undefined : emodesIn(file, market)[emode];
  if (category?.collateral.includes(asset)) return category.liquidationThreshold;
  return listingsOf(file.markets![market]).find((listing) => listing.asset === asset)!.threshold!.value;
}

/** Quotes at the price of the assets, worse for larger amounts, in base units of the tokens. */
function quotes(file: RiskFile, [traded, quote]: readonly [string, string], dice: Dice): Row[] {
  const depth = 10 ** dice.within(5, 8);
  const directions = [
    [traded, quote],
    [quote, traded],
  ];
  return [0.001, 0.01, 0.1].flatMap((part) =>
    directions.map(([src, dst]) => {
      const paid = depth * part;
      return {
        src,
        dst,
        in_amount: inBaseUnits(file, src, paid),
        out_amount: inBaseUnits(file, dst, paid * (1 - part / 2) * 0.998),
        timestamp: dice.pick(["1700000000", "1700000000000", "2023-11-14T22:13:20Z"]),
      };
    }),
  );
}

/** Ranges around the price of the assets, in the order of the tokens' addresses. */
function ticks(file: RiskFile, pair: readonly [string, string], dice: Dice): Row[] {
  const [token0, token1] = pair.toSorted((a, b) => (addressOf(file, a) < addressOf(file, b) ? -1 : 1));
  const [decimals0, decimals1] = [token0, token1].map((asset) => file.assets[asset].decimals ?? 18);
  const price = priceOf(file, token0) / priceOf(file, token1);
  const middle = Math.round(Math.log(price * 10 ** (decimals1 - decimals0)) / Math.log(1.0001));
  return Array.from({ length: 1 + dice.below(3) }, (_, i) => {
    const liquidity = String(Math.round(10 ** dice.within(3, 15)));
    const width = 10 * (i + 1) * (1 + dice.below(50));
    return [
      { tick: middle - width - i, liquidityNet: liquidity },
      { tick: middle + width + i, liquidityNet: `-${liquidity}` },
    ];
  }).flat();
}

function addressOf({ assets }: RiskFile, asset: string): string {
  return assets[asset].address!.toLowerCase();
}

function inBaseUnits(file: RiskFile, asset: string, worth: number): string {
  return shiftDecimal(worth / priceOf(file, asset), file.assets[asset].decimals ?? 18);
}

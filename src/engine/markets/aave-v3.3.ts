import { type Account, isNear, type Standing, standingOf } from "../book/account";
import { slotTerms } from "../book/layout";
import type { LendingTerms } from "../model";
import { ceilDiv, PRICE_DECIMALS, toUnits } from "./integer-units";
import { type CollateralEntry, checkCollateral, percent } from "./lending-checks";
import type { Names, Pair, Remark, RuleSet } from "./rule-set";

/** A market entry of the risk file, as far as this rule set reads it. */
export interface AaveEntry {
  readonly reserves?: Readonly<Record<string, ReserveEntry | undefined>>;
  readonly emodes?: Readonly<Record<string, EmodeEntry | undefined>>;
}

interface ReserveEntry extends CollateralEntry {
  readonly oracle?: string;
  readonly liquidationProtocolFee?: number;
}

interface EmodeEntry extends CollateralEntry {
  readonly collateral?: readonly (string | undefined)[];
}

/** Above this health factor only half of the total debt may be repaid. */
const CLOSE_FACTOR_HEALTH = 0.95;
const CLOSE_FACTOR = 0.5;
/** In the base currency: both legs must reach it for the close factor to apply. */
const CLOSE_FACTOR_VALUE = 2000;
/** In the base currency: what a partial liquidation must leave on both legs. */
const LEAST_LEFTOVER = 1000;

/**
 * Aave v3.3 as deployed: LiquidationLogic.sol of aave-dao/aave-v3-origin. The base currency is the numeraire.
 */
export const aaveV33: RuleSet<AaveEntry> = {
  id: "aave-v3.3",
  terms,
  check,
  isUnderWater: (account) => healthInWad(account) < WAD,
  maxRepay(account, pair) {
    if (account.layout.threshold[pair.collateral] === 0) return 0;
    return Math.min(closeLimit(account, pair), worthInDebt(account, pair));
  },
  allowedRepay(account, pair, repay) {
    const { amount } = account;
    if (repay >= amount[pair.debt] || repay >= worthInDebt(account, pair)) return repay;
    const price = priceOf(account, pair.debt);
    const debtRoom = legValue(account, pair.debt) - LEAST_LEFTOVER;
    const collateralRoom =
      (legValue(account, pair.collateral) - LEAST_LEFTOVER) / (1 + bonusOf(account, pair));
    return Math.max(0, Math.min(repay, Math.min(debtRoom, collateralRoom) / price));
  },
  seize(account, pair, repay, into) {
    const bonus = bonusOf(account, pair);
    const whole = account.amount[pair.collateral];
    const claim = ((repay * priceOf(account, pair.debt)) / priceOf(account, pair.collateral)) * (1 + bonus);
    into.seized = repay >= worthInDebt(account, pair) ? whole : Math.min(whole, claim);
    into.fee = (into.seized - into.seized / (1 + bonus)) * reserveOf(account, pair.collateral).protocolFee;
  },
  writesOff({ layout, index, amount }) {
    const { first } = layout.market.book;
    for (let leg = first[index]; leg < first[index + 1]; leg++) {
      if (layout.threshold[leg] > 0 && amount[leg] > 0) return false;
    }
    return true;
  },
};

const standing: Standing = { capacity: 0, debt: 0 };

/** Units of the debt that the close factor lets be repaid. */
function closeLimit(account: Account, pair: Pair): number {
  const owed = account.amount[pair.debt];
  const { capacity, debt } = standingOf(account, standing);
  if (!reaches(account, pair.collateral) || !reaches(account, pair.debt)) return owed;
  const health = capacity / debt;
  const isAbove = isNear(health, CLOSE_FACTOR_HEALTH)
    ? healthInWad(account) > (WAD * 95n) / 100n
    : health > CLOSE_FACTOR_HEALTH;
  return isAbove ? Math.min(owed, (CLOSE_FACTOR * debt) / priceOf(account, pair.debt)) : owed;
}

function reaches(account: Account, leg: number): boolean {
  const value = legValue(account, leg);
  if (!isNear(value, CLOSE_FACTOR_VALUE)) return value >= CLOSE_FACTOR_VALUE;
  return baseValue(account, leg) >= BigInt(CLOSE_FACTOR_VALUE) * 10n ** BigInt(PRICE_DECIMALS);
}

/** The repayment that takes the whole collateral of the pair. */
function worthInDebt(account: Account, pair: Pair): number {
  return legValue(account, pair.collateral) / (1 + bonusOf(account, pair)) / priceOf(account, pair.debt);
}

function bonusOf({ layout }: Account, pair: Pair): number {
  return slotTerms(layout.market, layout.slot[pair.collateral]).bonus;
}

function reserveOf({ layout }: Account, leg: number) {
  return layout.market.lending.reserves[layout.market.book.reserve[leg]];
}

function priceOf({ layout, price }: Account, leg: number): number {
  return price[layout.market.book.reserve[leg]];
}

function legValue(account: Account, leg: number): number {
  return account.amount[leg] * priceOf(account, leg);
}

const WAD = 10n ** 18n;

/** Health factor as the contract computes it: collateral values floored, debt values rounded up, the ratio floored. */
function healthInWad(account: Account): bigint {
  const { layout, index } = account;
  const { first, side } = layout.market.book;
  let capacity = 0n;
  let debt = 0n;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    const value = baseValue(account, leg);
    if (side[leg] === 1) debt += value;
    else capacity += value * toUnits(layout.threshold[leg], 4);
  }
  return debt === 0n ? 2n ** 256n - 1n : (capacity * WAD) / (debt * 10_000n);
}

/** A leg's value with 8 decimals. */
function baseValue(account: Account, leg: number): bigint {
  const { book } = account.layout.market;
  const decimals = account.layout.decimals[book.reserve[leg]];
  const value = toUnits(account.amount[leg], decimals) * toUnits(priceOf(account, leg), PRICE_DECIMALS);
  const unit = 10n ** BigInt(decimals);
  return book.side[leg] === 1 ? ceilDiv(value, unit) : value / unit;
}

function terms(entry: AaveEntry, names: Names): LendingTerms {
  const assets = Object.keys(entry.reserves ?? {});
  return {
    closeFactor: CLOSE_FACTOR,
    reserves: assets.map((asset) => {
      const reserve = entry.reserves?.[asset] ?? {};
      return {
        asset: names.asset(asset),
        oracle: names.oracle(reserve.oracle ?? ""),
        threshold: reserve.liquidationThreshold ?? 0,
        bonus: reserve.liquidationBonus ?? 0,
        protocolFee: reserve.liquidationProtocolFee ?? 0,
      };
    }),
    emodes: Object.entries(entry.emodes ?? {}).map(([name, emode]) => ({
      name,
      collateral: (emode?.collateral ?? []).map((asset) => assets.indexOf(asset ?? "")),
      threshold: emode?.liquidationThreshold ?? 0,
      bonus: emode?.liquidationBonus ?? 0,
    })),
  };
}

function check(entry: AaveEntry): Remark[] {
  const reserves = Object.entries(entry.reserves ?? {});
  const emodes = Object.entries(entry.emodes ?? {});
  return [
    ...reserves.flatMap(([asset, reserve]) => checkCollateral(["reserves", asset], reserve ?? {})),
    ...emodes.flatMap(([name, emode]) => checkCollateral(["emodes", name], emode ?? {})),
    ...emodes.flatMap(([name, emode]) => checkEmode(entry, name, emode ?? {})),
  ];
}

/** Aave requires a category to be at least as generous as the reserves in it. */
function checkEmode(entry: AaveEntry, name: string, emode: EmodeEntry): Remark[] {
  const threshold = emode.liquidationThreshold;
  if (threshold === undefined) return [];
  return (emode.collateral ?? []).flatMap((asset): Remark[] => {
    const own = entry.reserves?.[asset ?? ""]?.liquidationThreshold;
    if (own === undefined || threshold > own) return [];
    return [
      {
        rule: "emode-not-better",
        severity: "warning",
        path: ["emodes", name, "liquidationThreshold"],
        message: `E-mode ${name} gives ${asset} a liquidation threshold of ${percent(threshold)}, not above the ${percent(own)} it has without the E-mode. Raise it above ${percent(own)} or take ${asset} out of the category.`,
        related: [
          {
            path: ["reserves", asset ?? "", "liquidationThreshold"],
            message: `${asset} without the E-mode.`,
          },
        ],
      },
    ];
  });
}

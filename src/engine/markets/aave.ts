import { type Account, isNear, type Standing } from "../book/account";
import { slotTerms } from "../book/layout";
import type { LendingTerms } from "../model";
import { ceilDiv, toUnits } from "./integer-units";
import { type CollateralEntry, checkCollateral, percent, reserveListings } from "./lending-checks";
import type { Names, Pair, Remark, RuleSet, Seizure } from "./rule-set";

/** A market entry of the risk file, as far as the versions of Aave read it. The base currency is the numeraire. */
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

/** What the versions of Aave do not have in common. */
export interface AaveVersion
  extends Pick<RuleSet, "id" | "standing" | "thresholdLoss" | "isUnderWater" | "allowedRepay" | "writesOff"> {
  /** Units of the pair's debt that the close factor lets be repaid. */
  closeLimit(account: Account, pair: Pair): number;
}

/** A rule set of Aave from its version's part. */
export function aave({ closeLimit, ...version }: AaveVersion): RuleSet<AaveEntry> {
  return {
    ...version,
    terms,
    listings: ({ reserves }) => reserveListings(reserves, "liquidationThreshold"),
    check,
    maxRepay(account, pair) {
      if (account.layout.threshold[pair.collateral] === 0) return 0;
      return Math.min(closeLimit(account, pair), worthInDebt(account, pair));
    },
    seize,
  };
}

export const CLOSE_FACTOR = 0.5;
export const WAD = 10n ** 18n;
/** Up to this health factor a whole debt may be repaid. */
const CLOSE_FACTOR_HEALTH = 0.95;

/** Whether the health factor is high enough for the close factor; integers decide at the boundary. */
export function isAboveCloseFactorHealth(
  account: Account,
  { capacity, debt }: Standing,
  healthInWad: (account: Account) => bigint,
): boolean {
  const boundary = CLOSE_FACTOR_HEALTH * debt;
  if (!isNear(capacity, boundary)) return capacity > boundary;
  return healthInWad(account) > (WAD * 95n) / 100n;
}

function seize(account: Account, pair: Pair, repay: number, into: Seizure): void {
  const bonus = bonusOf(account, pair);
  const whole = account.amount[pair.collateral];
  const claim = ((repay * priceOf(account, pair.debt)) / priceOf(account, pair.collateral)) * (1 + bonus);
  into.seized = repay >= worthInDebt(account, pair) ? whole : Math.min(whole, claim);
  into.fee = (into.seized - into.seized / (1 + bonus)) * reserveOf(account, pair.collateral).protocolFee;
}

/** The repayment that takes the whole collateral of the pair. */
export function worthInDebt(account: Account, pair: Pair): number {
  return legValue(account, pair.collateral) / (1 + bonusOf(account, pair)) / priceOf(account, pair.debt);
}

export function bonusOf({ layout }: Account, pair: Pair): number {
  return slotTerms(layout.market, layout.slot[pair.collateral]).bonus;
}

function reserveOf({ layout }: Account, leg: number) {
  return layout.market.lending.reserves[layout.market.book.reserve[leg]];
}

export function priceOf({ layout, price }: Account, leg: number): number {
  return price[layout.market.book.reserve[leg]];
}

export function legValue(account: Account, leg: number): number {
  return account.amount[leg] * priceOf(account, leg);
}

/** A leg's value with as many decimals as prices have. */
export function baseValue(account: Account, leg: number, priceDecimals: number, roundsUp: boolean): bigint {
  const { book } = account.layout.market;
  const decimals = account.layout.decimals[book.reserve[leg]];
  const value = toUnits(account.amount[leg], decimals) * toUnits(priceOf(account, leg), priceDecimals);
  const unit = 10n ** BigInt(decimals);
  return roundsUp ? ceilDiv(value, unit) : value / unit;
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

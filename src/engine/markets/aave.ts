import { type Account, isNear, type Standing } from "../book/account";
import type { InterestTerms } from "../interest/pool";
import type { LendingTerms } from "../model";
import { ceilDiv, toUnits } from "./integer-units";
import {
  type CapEntry,
  type CollateralEntry,
  checkCaps,
  checkCollateral,
  checkLent,
  type LentEntry,
  percent,
  reserveListings,
} from "./lending-checks";
import { priceOf, seizeAtBonus, worthInDebt } from "./pair-values";
import { phrase } from "./phrase";
import type { Names, Pair, Remark, RuleSet } from "./rule-set";

/** A market entry of the risk file, as far as the versions of Aave read it. The base currency is the numeraire. */
export interface AaveEntry {
  readonly reserves?: Readonly<Record<string, ReserveEntry | undefined>>;
  readonly emodes?: Readonly<Record<string, EmodeEntry | undefined>>;
}

interface ReserveEntry extends CollateralEntry, LentEntry, CapEntry {
  readonly oracle?: string;
  readonly liquidationProtocolFee?: number;
  readonly reserveFactor?: number;
  readonly rate?: {
    readonly optimal?: number;
    readonly base?: number;
    readonly slope1?: number;
    readonly slope2?: number;
  };
}

interface EmodeEntry extends CollateralEntry {
  readonly collateral?: readonly (string | undefined)[];
}

/** What the versions of Aave do not have in common. */
export interface AaveVersion
  extends Pick<RuleSet, "id" | "standing" | "thresholdLoss" | "isUnderWater" | "allowedRepay" | "writesOff"> {
  readonly hasCaps: boolean;
  /** Units of the pair's debt that the close factor lets be repaid. */
  closeLimit(account: Account, pair: Pair): number;
}

/** A rule set of Aave from its version's part. */
export function aave({ closeLimit, hasCaps, ...version }: AaveVersion): RuleSet<AaveEntry> {
  return {
    ...version,
    terms,
    listings: ({ reserves }) => reserveListings(reserves, hasCaps ? { ...BOUNDS, ...CAPS } : BOUNDS),
    check,
    maxRepay(account, pair) {
      if (account.layout.threshold[pair.collateral] === 0) return 0;
      return Math.min(closeLimit(account, pair), worthInDebt(account, pair));
    },
    seize: seizeAtBonus,
  };
}

const BOUNDS = { threshold: "liquidationThreshold", loanToValue: "ltv" } as const;
const CAPS = { supplyCap: "supplyCap", borrowCap: "borrowCap" } as const;

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
  if (!isNear(account, capacity, boundary)) return capacity > boundary;
  return healthInWad(account) > (WAD * 95n) / 100n;
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
    reserves: assets.map((asset) => {
      const reserve = entry.reserves?.[asset] ?? {};
      return {
        asset: names.asset(asset),
        oracle: names.oracle(reserve.oracle ?? ""),
        threshold: reserve.liquidationThreshold ?? 0,
        bonus: reserve.liquidationBonus ?? 0,
        protocolFee: reserve.liquidationProtocolFee ?? 0,
        interest: interestOf(reserve),
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

/** DefaultReserveInterestRateStrategy.sol, with the compounding of MathUtils.sol. */
function interestOf({
  supplied,
  borrowed,
  reserveFactor = 0,
  rate,
}: ReserveEntry): InterestTerms | undefined {
  if (supplied === undefined || borrowed === undefined || !rate) return undefined;
  const { optimal: kink = 1, base = 0, slope1 = 0, slope2 = 0 } = rate;
  return {
    supplied,
    borrowed,
    reserveFactor,
    curve: { kind: "kinked", kink, base, below: slope1 / kink, above: slope2 / (1 - kink) },
    growth: "compounded",
    lendsReserves: true,
    socialises: false,
  };
}

function check(entry: AaveEntry): Remark[] {
  const reserves = Object.entries(entry.reserves ?? {});
  const emodes = Object.entries(entry.emodes ?? {});
  return [
    ...reserves.flatMap(([asset, reserve]) => checkCollateral(["reserves", asset], reserve ?? {})),
    ...reserves.flatMap(([asset, reserve]) => checkLent(["reserves", asset], reserve ?? {})),
    ...reserves.flatMap(([asset, reserve]) => checkCaps(["reserves", asset], reserve ?? {})),
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
        message: phrase(
          "E-mode {0} gives {1} a liquidation threshold of {2}, not above the {3} it has without the E-mode. Raise it above {3} or take {1} out of the category.",
          name,
          asset ?? "",
          percent(threshold),
          percent(own),
        ),
        related: [
          {
            path: ["reserves", asset ?? "", "liquidationThreshold"],
            message: phrase("{0} without the E-mode.", asset ?? ""),
          },
        ],
      },
    ];
  });
}

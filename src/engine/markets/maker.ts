import { standingOf } from "../book/account";
import type { LendingTerms } from "../model";
import { auctionPrice, clipper, type IlkTerms, type MakerTerms, type PriceCurve } from "./clipper";
import { percent } from "./lending-checks";
import { nobodyRepays } from "./nobody-repays";
import { type Phrase, phrase } from "./phrase";
import type { Names, Remark, RuleSet } from "./rule-set";
import {
  checkAssets,
  isUnsafe,
  type VaultEntry,
  type VaultsEntry,
  vaultListings,
  vaultReserves,
} from "./vaults";

/** A market entry of the risk file, as far as this rule set reads it. */
export interface MakerEntry extends VaultsEntry<IlkEntry> {
  readonly hole?: number;
  readonly surplus?: number;
}

interface IlkEntry extends VaultEntry, Partial<Omit<IlkTerms, "calc" | "mat">> {
  readonly calc?: Partial<PriceCurve>;
}

/**
 * Maker's Liquidations 2.0: vat.sol, spot.sol, dog.sol, clip.sol and abaci.sol of makerdao/dss. Nobody repays a vault's debt:
 * keepers call the protocol to take it over, and its collateral is sold in Dutch auctions. What is owed counts for 1.
 */
export const maker: RuleSet<MakerEntry> = {
  id: "maker",
  terms,
  listings: vaultListings,
  check: ({ ilks }) => [...checkAssets(ilks), ...checkCurves(ilks)],
  oneCollateral: true,
  standing: standingOf,
  isUnderWater: isUnsafe,
  ...nobodyRepays,
  house: clipper,
};

function terms(entry: MakerEntry, names: Names): LendingTerms {
  const { hole = Number.POSITIVE_INFINITY, surplus, ilks } = entry;
  return {
    emodes: [],
    surplus,
    reserves: vaultReserves(entry, names),
    own: { hole, ilks: Object.values(ilks ?? {}).map((ilk) => ilkTerms(ilk ?? {})) } satisfies MakerTerms,
  };
}

/** The schema has made sure of the required ones. */
function ilkTerms({ calc = {}, ...ilk }: IlkEntry): IlkTerms {
  return {
    mat: 1,
    chop: 0,
    dust: 0,
    hole: Number.POSITIVE_INFINITY,
    buf: 1,
    tail: 0,
    cusp: 0,
    chip: 0,
    tip: 0,
    ...ilk,
    calc: calc as PriceCurve,
  };
}

/** An auction that ends before its price has come down to the oracle's is started again and again. */
function checkCurves(ilks: MakerEntry["ilks"]): Remark[] {
  return Object.entries(ilks ?? {}).flatMap(([name, { tail, buf, calc } = {}]): Remark[] => {
    const kind = (["linear", "stairstep", "exponential"] as const).find((each) => calc?.[each]);
    if (tail === undefined || !calc || !kind) return [];
    const step = calc.stairstep?.step ?? 0;
    const last = buf === undefined ? 0 : auctionPrice(calc as PriceCurve, buf, tail);
    const isLate = step > tail;
    if (!isLate && !(last > 1)) return [];
    const key = isLate ? "step" : kind === "linear" ? "tau" : "cut";
    return [
      {
        rule: "auction-never-falls",
        severity: "warning",
        path: ["ilks", name, "calc", kind, key],
        message: isLate ? lateStep(name, step, tail) : slowCurve(name, last, tail),
        related: [
          { path: ["ilks", name, "tail"], message: phrase("When an auction has to be started again.") },
        ],
      },
    ];
  });
}

function lateStep(name: string, step: number, tail: number): Phrase {
  return phrase(
    "The first step of the price comes after {0} s, when auctions of {1} have ended: their tail is {2} s. Shorten the step, or lengthen the tail.",
    String(step),
    name,
    String(tail),
  );
}

function slowCurve(name: string, last: number, tail: number): Phrase {
  return phrase(
    "Auctions of {0} end after {1} s, their tail, when they still ask {2} of the oracle's price. Let the price fall faster, or lengthen the tail.",
    name,
    String(tail),
    percent(last),
  );
}

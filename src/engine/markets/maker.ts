import { type Account, standingOf } from "../book/account";
import type { LendingTerms, Reserve } from "../model";
import { auctionPrice, clipper, type IlkTerms, type MakerTerms, type PriceCurve } from "./clipper";
import { toUnits } from "./integer-units";
import { percent } from "./lending-checks";
import { type Phrase, phrase } from "./phrase";
import type { Listing, Names, Remark, RuleSet } from "./rule-set";

/** A market entry of the risk file, as far as this rule set reads it. */
export interface MakerEntry {
  readonly debt?: string;
  readonly hole?: number;
  readonly ilks?: Readonly<Record<string, IlkEntry | undefined>>;
}

interface IlkEntry extends Partial<Omit<IlkTerms, "calc">> {
  readonly asset?: string;
  readonly oracle?: string;
  readonly calc?: Partial<PriceCurve>;
}

/**
 * Maker's Liquidations 2.0: vat.sol, spot.sol, dog.sol, clip.sol and abaci.sol of makerdao/dss. Nobody repays a vault's debt:
 * keepers call the protocol to take it over, and its collateral is sold in Dutch auctions. What is owed counts for 1.
 */
export const maker: RuleSet<MakerEntry> = {
  id: "maker",
  terms,
  listings,
  check: ({ ilks }) => [...checkAssets(ilks), ...checkCurves(ilks)],
  oneCollateral: true,
  standing: standingOf,
  thresholdLoss: 0,
  isUnderWater,
  maxRepay: () => 0,
  allowedRepay: () => 0,
  seize: () => {},
  writesOff: () => false,
  house: clipper,
};

const WAD = 18;
const RAY = 27;

/** ink x spot < art x rate, with spot = price / mat cut to whole rays, and a rate of 1. */
function isUnderWater({ layout, index, amount, price }: Account): boolean {
  const { first, reserve, side } = layout.market.book;
  const { ilks } = layout.market.lending.own as MakerTerms;
  let capacity = 0n;
  let debt = 0n;
  for (let leg = first[index]; leg < first[index + 1]; leg++) {
    const units = toUnits(amount[leg], WAD);
    if (side[leg] === 1) debt += units * 10n ** BigInt(RAY);
    else {
      const worth = toUnits(price[reserve[leg]], WAD) * 10n ** BigInt(2 * RAY - WAD);
      capacity += units * (worth / toUnits(ilks[reserve[leg]].mat, RAY));
    }
  }
  return capacity < debt;
}

function terms({ debt = "", hole = Number.POSITIVE_INFINITY, ilks }: MakerEntry, names: Names): LendingTerms {
  const entries = Object.values(ilks ?? {}).map((ilk) => ilk ?? {});
  const held = entries.map(
    ({ asset = "", oracle = "", mat = 1 }): Reserve => ({
      asset: names.asset(asset),
      oracle: names.oracle(oracle),
      threshold: 1 / mat,
      bonus: 0,
      protocolFee: 0,
    }),
  );
  const owed = { asset: names.asset(debt), oracle: -1, threshold: 0, bonus: 0, protocolFee: 0 };
  return {
    emodes: [],
    reserves: [...held, owed],
    own: { hole, ilks: entries.map(ilkTerms) } satisfies MakerTerms,
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

function listings({ debt, ilks }: MakerEntry): Listing[] {
  const held = Object.entries(ilks ?? {}).flatMap(([name, ilk]): Listing[] => {
    const { asset, oracle, mat } = ilk ?? {};
    if (asset === undefined) return [];
    const path = ["ilks", name];
    return [
      {
        asset,
        path: [...path, "asset"],
        side: "collateral",
        ...(mat !== undefined && { threshold: { value: 1 / mat, path: [...path, "mat"] } }),
        ...(oracle !== undefined && { oracle: { name: oracle, path: [...path, "oracle"] } }),
      },
    ];
  });
  return debt === undefined ? held : [...held, { asset: debt, path: ["debt"], side: "debt" }];
}

/** A position names its collateral by the asset: which ilk it is in must follow. */
function checkAssets(ilks: MakerEntry["ilks"]): Remark[] {
  const firstOf = new Map<string, string>();
  return Object.entries(ilks ?? {}).flatMap(([name, ilk]): Remark[] => {
    const asset = ilk?.asset;
    if (asset === undefined) return [];
    const first = firstOf.get(asset);
    if (first === undefined) {
      firstOf.set(asset, name);
      return [];
    }
    return [
      {
        rule: "second-ilk",
        severity: "error",
        path: ["ilks", name, "asset"],
        message: phrase(
          "{0} is the collateral of ilk {1} already: positions name their collateral, so it must have one ilk. Put {2} in a market of its own.",
          asset,
          first,
          name,
        ),
        related: [{ path: ["ilks", first, "asset"], message: phrase("The first ilk of this asset.") }],
      },
    ];
  });
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

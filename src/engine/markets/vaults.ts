import type { Account } from "../book/account";
import { log } from "../math/log";
import type { Reserve } from "../model";
import { toUnits } from "./integer-units";
import { phrase } from "./phrase";
import type { Listing, Names, Remark } from "./rule-set";

/** What entries of Maker's markets have in common: one debt, and ilks by name. */
export interface VaultsEntry<Ilk extends VaultEntry = VaultEntry> {
  readonly debt?: string;
  readonly ilks?: Readonly<Record<string, Ilk | undefined>>;
}

export interface VaultEntry {
  readonly asset?: string;
  readonly oracle?: string;
  readonly mat?: number;
  /** Stability fee: what a year adds to a debt. */
  readonly duty?: number;
}

const WAD = 18;
const RAY = 27;

/** ink x spot < art x rate, with spot = price / mat cut to whole rays, and a rate of 1. */
export function isUnsafe({ layout, index, amount, price }: Account): boolean {
  const { first, reserve, side } = layout.market.book;
  const { ilks } = layout.market.lending.own as { readonly ilks: readonly { readonly mat: number }[] };
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

/** A reserve an ilk, and the debt behind them. */
export function vaultReserves({ debt = "", ilks }: VaultsEntry, names: Names): Reserve[] {
  const held = Object.values(ilks ?? {}).map(
    (ilk): Reserve => ({
      asset: names.asset(ilk?.asset ?? ""),
      oracle: names.oracle(ilk?.oracle ?? ""),
      threshold: 1 / (ilk?.mat ?? 1),
      bonus: 0,
      protocolFee: 0,
      debtRate: rateOf(ilk?.duty),
    }),
  );
  return [...held, { asset: names.asset(debt), oracle: -1, threshold: 0, bonus: 0, protocolFee: 0 }];
}

/** jug.sol compounds every second: (1 + duty)^years. */
function rateOf(duty: number | undefined): number | undefined {
  return duty === undefined ? undefined : log(1 + duty);
}

export function vaultListings({ debt, ilks }: VaultsEntry): Listing[] {
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
        loanToValue: { value: mat && 1 / mat, path: [...path, "mat"] },
        ...(oracle !== undefined && { oracle: { name: oracle, path: [...path, "oracle"] } }),
      },
    ];
  });
  return debt === undefined ? held : [...held, { asset: debt, path: ["debt"], side: "debt" }];
}

/** A position names its collateral by the asset: which ilk it is in must follow. */
export function checkAssets(ilks: VaultsEntry["ilks"]): Remark[] {
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

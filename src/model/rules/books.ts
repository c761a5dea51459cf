import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { listingsOf } from "../listings";
import { list, percent } from "../text";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const bookRules: readonly StaticRule[] = [positionEmode, generatorEmode, openUnderwater];

type Market = NonNullable<NonNullable<Draft["markets"]>[string]>;
type Generator = NonNullable<NonNullable<NonNullable<Draft["books"]>[string]>["generate"]>;

interface MarketBook {
  readonly name: string;
  readonly book: NonNullable<NonNullable<Draft["books"]>[string]>;
  readonly market: Market;
}

/** Books whose market is there. */
function booksOf(draft: Draft): MarketBook[] {
  return entries(draft.books).flatMap(([name, book]) => {
    const market = book.market === undefined ? undefined : draft.markets?.[book.market];
    return market ? [{ name, book, market }] : [];
  });
}

function emodeOf(market: Market, name: string | undefined) {
  return name !== undefined && "emodes" in market ? market.emodes?.[name] : undefined;
}

function notBorrowable(
  emode: string,
  borrowable: readonly (string | undefined)[],
  asset: string,
  path: Finding["path"],
): Finding {
  const message = l10n.t(
    "Accounts in E-mode {0} may owe {1}, not {2}.",
    emode,
    list(borrowable.map(String)),
    asset,
  );
  return { rule: "emode-debt", severity: "error", path, message };
}

function positionEmode(draft: Draft): Finding[] {
  return booksOf(draft).flatMap(({ name, book, market }) =>
    ("emodes" in market ? (book.positions ?? []) : []).flatMap((position, index): Finding[] => {
      const borrowable = emodeOf(market, position?.emode)?.borrowable;
      if (position?.side !== "debt" || position.asset === undefined || !borrowable) return [];
      if (borrowable.includes(position.asset)) return [];
      const path = ["books", name, "positions", index, "asset"];
      return [notBorrowable(position.emode ?? "", borrowable, position.asset, path)];
    }),
  );
}

function generatorEmode(draft: Draft): Finding[] {
  return booksOf(draft).flatMap(({ name, book, market }): Finding[] => {
    const generator = book.generate;
    const emode = emodeOf(market, generator?.emode);
    if (!generator?.emode || !emode) return [];
    const at = (side: string, asset: string) => ["books", name, "generate", side, asset];
    const { collateral = [], borrowable = [] } = emode;
    const owed = sharesOf(generator, "debt").filter((asset) => !borrowable.includes(asset));
    const held = sharesOf(generator, "collateral").filter((asset) => !collateral.includes(asset));
    return [
      ...owed.map((asset) => ({
        ...notBorrowable(generator.emode ?? "", borrowable, asset, at("debt", asset)),
        at: "key" as const,
      })),
      ...held.map((asset): Finding => {
        const message = l10n.t(
          "{0} is not collateral of E-mode {1}: these accounts keep the reserve's own liquidation threshold. Leave the E-mode out, or add {0} to its collateral.",
          asset,
          generator.emode!,
        );
        return {
          rule: "emode-collateral",
          severity: "warning",
          path: at("collateral", asset),
          at: "key",
          message,
        };
      }),
    ];
  });
}

function sharesOf(generator: Generator, side: "collateral" | "debt"): string[] {
  return entries(generator[side]).flatMap(([asset, share]) => (share > 0 ? [asset] : []));
}

/** Some of the accounts drawn would be liquidatable before anything happens. */
function openUnderwater(draft: Draft): Finding[] {
  return booksOf(draft).flatMap(({ name, book, market }): Finding[] => {
    const max = book.generate?.loanToValue?.max;
    if (!book.generate || max === undefined || (book.atOpen ?? "error") !== "error") return [];
    const { emode } = book.generate;
    const low = sharesOf(book.generate, "collateral").flatMap((asset) => {
      const threshold = thresholdOf(market, asset, emode);
      return threshold !== undefined && threshold < max ? [{ asset, threshold }] : [];
    });
    if (low.length === 0) return [];
    const thresholds = list(
      low.map(({ asset, threshold }) => l10n.t("{0} of {1}", percent(threshold), asset)),
    );
    const message = l10n.t(
      'Accounts are drawn up to a loan-to-value of {0}, above the liquidation threshold {1}: the highest of them can be liquidated before anything happens. Lower the maximum, or say with "atOpen" what to do with them.',
      percent(max),
      thresholds,
    );
    return [
      {
        rule: "generated-underwater",
        severity: "warning",
        path: ["books", name, "generate", "loanToValue", "max"],
        message,
      },
    ];
  });
}

/** Threshold that counts for an account's collateral, by whatever name the rule set has for it, if it is written. */
function thresholdOf(market: Market, asset: string, emodeName: string | undefined): number | undefined {
  const emode = emodeOf(market, emodeName);
  if (emode?.collateral?.includes(asset) && emode.liquidationThreshold !== undefined)
    return emode.liquidationThreshold;
  return listingsOf(market).find((listing) => listing.asset === asset)?.threshold?.value;
}

import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding, Place } from "../../dsl/problem";
import { emodeOf, mostLentOn, thresholdOf } from "../account-terms";
import { list, percent } from "../text";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const bookRules: readonly StaticRule[] = [positionEmode, madeEmode, openUnderwater];

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

/** What accounts that are made hold and owe, each with where it is written, and their largest loan-to-value. */
interface Made {
  readonly isNew: boolean;
  readonly emode?: string;
  readonly most?: { readonly value: number; readonly path: Finding["path"] };
  readonly held: readonly Named[];
  readonly owed: readonly Named[];
}

interface Named extends Place {
  readonly asset: string;
}

function madeIn({ name, book: { generate, fill, newPositions } }: MarketBook): Made[] {
  const most = (value: number | string | undefined, ...path: string[]) =>
    typeof value === "number" ? { value, path: ["books", name, ...path] } : undefined;
  const keysOf = (map: object | undefined, ...path: string[]): Named[] =>
    Object.keys(map ?? {}).map((asset) => ({ asset, path: ["books", name, ...path, asset], at: "key" }));
  const { debt, debts } = newPositions ?? {};
  return [
    {
      isNew: false,
      emode: generate?.emode,
      most: most(generate?.loanToValue?.max, "generate", "loanToValue", "max"),
      held: keysOf(withShare(generate?.collateral), "generate", "collateral"),
      owed: keysOf(withShare(generate?.debt), "generate", "debt"),
    },
    {
      isNew: true,
      emode: newPositions?.emode,
      most: most(newPositions?.loanToValue, "newPositions", "loanToValue"),
      held: keysOf(fill, "fill"),
      owed: [
        ...keysOf(withShare(debts), "newPositions", "debts"),
        ...(debt === undefined ? [] : [{ asset: debt, path: ["books", name, "newPositions", "debt"] }]),
      ],
    },
  ];
}

function withShare(shares: Generator["collateral"]) {
  return Object.fromEntries(entries(shares).filter(([, share]) => share > 0));
}

function madeEmode(draft: Draft): Finding[] {
  return booksOf(draft).flatMap((marketBook) =>
    madeIn(marketBook).flatMap(({ emode: name, held, owed }): Finding[] => {
      const emode = emodeOf(marketBook.market, name);
      if (name === undefined || !emode) return [];
      const { collateral = [], borrowable = [] } = emode;
      return [
        ...owed
          .filter(({ asset }) => !borrowable.includes(asset))
          .map(({ asset, path, at }) => ({ ...notBorrowable(name, borrowable, asset, path), at })),
        ...held
          .filter(({ asset }) => !collateral.includes(asset))
          .map(({ asset, path, at }): Finding => {
            const message = l10n.t(
              "{0} is not collateral of E-mode {1}: these accounts keep the reserve's own liquidation threshold. Leave the E-mode out, or add {0} to its collateral.",
              asset,
              name,
            );
            return { rule: "emode-collateral", severity: "warning", path, at, message };
          }),
      ];
    }),
  );
}

/** Some of the accounts that are made would be liquidatable before anything happens. */
function openUnderwater(draft: Draft): Finding[] {
  return booksOf(draft)
    .filter(({ book }) => (book.atOpen ?? "error") === "error")
    .flatMap((marketBook) => madeIn(marketBook).flatMap((made) => madeUnderwater(marketBook.market, made)));
}

/** Where a bound on new loans is written, a ratio above it is told as that. */
function madeUnderwater(market: Market, { emode, held, most, isNew }: Made): Finding[] {
  if (!most) return [];
  const low = held.flatMap(({ asset }) => {
    const threshold = thresholdOf(market, asset, emode);
    const isBound = isNew && mostLentOn(market, asset, emode)?.value !== undefined;
    return threshold !== undefined && threshold < most.value && !isBound ? [{ asset, threshold }] : [];
  });
  if (low.length === 0) return [];
  const thresholds = list(low.map(({ asset, threshold }) => l10n.t("{0} of {1}", percent(threshold), asset)));
  const message = l10n.t(
    'Accounts are drawn up to a loan-to-value of {0}, above the liquidation threshold {1}: the highest of them can be liquidated before anything happens. Lower the maximum, or say with "atOpen" what to do with them.',
    percent(most.value),
    thresholds,
  );
  return [{ rule: "generated-underwater", severity: "warning", path: most.path, message }];
}

import * as l10n from "@vscode/l10n";
import type { RiskFile } from "../dsl/parse";
import type { Finding, Place } from "../dsl/problem";
import { liquidatableAtOpen } from "../engine/markets/opening";
import type { Model } from "../engine/model";
import type { BuiltMarket } from "./build-market";
import { withoutAccounts } from "./canonical-book";
import { firstOfAll, whole } from "./text";

export interface Opened {
  readonly model: Model;
  readonly findings: readonly Finding[];
}

/** Treats accounts that can be liquidated before anything happens as their book's `atOpen` says. */
export function openBooks(file: RiskFile, model: Model, built: readonly BuiltMarket[]): Opened {
  const opened = model.markets.map((market, index) => {
    const under = liquidatableAtOpen(model, index);
    const { books, bookOf } = built[index];
    const modeOf = (account: number) => file.books?.[books[bookOf[account]]].atOpen ?? "error";
    const leftOut = new Set(under.filter((account) => modeOf(account) !== "liquidate"));
    const reported = books.flatMap((name, book) => {
      const of = (mode: string) =>
        [...under]
          .filter((account) => bookOf[account] === book && modeOf(account) === mode)
          .map((account) => market.book.accounts[account]);
      return [...underwater(file, name, of("error")), ...excluded(name, of("exclude"))];
    });
    const book = leftOut.size === 0 ? market.book : withoutAccounts(market.book, leftOut);
    return { market: { ...market, book }, reported };
  });
  return {
    model: { ...model, markets: opened.map((each) => each.market) },
    findings: opened.flatMap((each) => each.reported),
  };
}

const SHOWN = 5;

function underwater(file: RiskFile, name: string, accounts: readonly string[]): Finding[] {
  if (accounts.length === 0) return [];
  const message =
    accounts.length === 1
      ? l10n.t(
          '1 account of book {0} can be liquidated before anything happens: {1}. The simulation goes on without them. Check prices and thresholds, or say what to do with them: "atOpen: exclude" leaves them out, "atOpen: liquidate" keeps them.',
          name,
          firstOf(accounts),
        )
      : l10n.t(
          '{0} accounts of book {1} can be liquidated before anything happens: {2}. The simulation goes on without them. Check prices and thresholds, or say what to do with them: "atOpen: exclude" leaves them out, "atOpen: liquidate" keeps them.',
          whole(accounts.length),
          name,
          firstOf(accounts),
        );
  return [
    {
      rule: "underwater-at-open",
      severity: "error",
      ...placeOf(file, name),
      message,
      witness: { accounts: accounts.length },
    },
  ];
}

/** What was asked for is still said. */
function excluded(name: string, accounts: readonly string[]): Finding[] {
  if (accounts.length === 0) return [];
  const message =
    accounts.length === 1
      ? l10n.t(
          "1 account of book {0} can be liquidated before anything happens and is left out, as asked: {1}.",
          name,
          firstOf(accounts),
        )
      : l10n.t(
          "{0} accounts of book {1} can be liquidated before anything happens and are left out, as asked: {2}.",
          whole(accounts.length),
          name,
          firstOf(accounts),
        );
  return [
    {
      rule: "excluded-at-open",
      severity: "information",
      path: ["books", name, "atOpen"],
      message,
      witness: { accounts: accounts.length },
    },
  ];
}

function firstOf(accounts: readonly string[]): string {
  return firstOfAll(accounts.slice(0, SHOWN), accounts.length);
}

function placeOf(file: RiskFile, name: string): Place {
  if (file.books?.[name].atOpen !== undefined) return { path: ["books", name, "atOpen"] };
  return { path: ["books", name], at: "key" };
}

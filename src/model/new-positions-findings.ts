import * as l10n from "@vscode/l10n";
import type { RiskFile } from "../dsl/parse";
import type { Finding, Path } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import type { Listing } from "../engine/markets/rule-set";
import type { Room, Stop } from "./new-positions";
import { figure } from "./text";

/** A reserve that has reached its target already. */
export function nothingToFill({ book, asset, now, target }: Room): Finding {
  const message = l10n.t(
    "{0} {1} is supplied already, and the target is {2}: book {3} adds nothing to it. Raise the target, or what it is taken from.",
    figure(now),
    asset,
    figure(target),
    book,
  );
  const path = ["books", book, "fill", asset];
  return { rule: "nothing-to-fill", severity: "warning", path, message, witness: { supplied: now, target } };
}

/** Of each reserve: what a book's accounts would owe, what stops them, and the share of it that they get. */
interface Stopped {
  readonly own: Float64Array;
  readonly stops: readonly (Stop | undefined)[];
  readonly factor: readonly number[];
}

/** Debts that the borrow cap, or what there is to lend, keeps below what the collateral would carry. */
export function stoppedBorrowing(
  file: RiskFile,
  name: string,
  listings: readonly Listing[],
  { own, stops, factor }: Stopped,
): Finding[] {
  const { market, newPositions } = file.books![name];
  return listings.flatMap(({ asset, borrowCap }, reserve): Finding[] => {
    const stop = stops[reserve];
    if (!stop || own[reserve] === 0 || factor[reserve] === 1) return [];
    const wanted = own[reserve];
    const debt = wanted * factor[reserve];
    const message = sentences(
      l10n.t("The new positions of book {0} would owe {1} {2}.", name, figure(wanted), asset),
      whatStops(stop, debt),
      l10n.t("The rest of the fill is supplied without a loan."),
    );
    const place: { path: Path; at?: "key" } =
      newPositions?.debts === undefined
        ? { path: ["books", name, "newPositions", "debt"] }
        : { path: ["books", name, "newPositions", "debts", asset], at: "key" };
    const related =
      stop.by === "borrowCap" && borrowCap
        ? [{ path: ["markets", market, ...borrowCap.path], message: l10n.t("The borrow cap.") }]
        : undefined;
    const witness = { wanted, debt, bound: stop.bound, owed: stop.owed };
    return [{ rule: "borrowing-stops", severity: "information", ...place, message, related, witness }];
  });
}

function whatStops({ by, bound, owed }: Stop, debt: number): string {
  return by === "borrowCap"
    ? l10n.t(
        "The borrow cap of {0} stops them at {1}, with {2} owed already.",
        figure(bound),
        figure(debt),
        figure(owed),
      )
    : l10n.t(
        "What can be lent stops them at {0}: {1} is there to lend, and {2} owed already.",
        figure(debt),
        figure(bound),
        figure(owed),
      );
}

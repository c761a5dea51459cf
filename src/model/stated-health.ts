import * as l10n from "@vscode/l10n";
import type { StatedHealth } from "../data/positions";
import type { Finding, Place } from "../dsl/problem";
import type { LendingTerms } from "../engine/model";
import { figure, firstOfAll, whole } from "./text";

/** Dashboards round health factors; what differs by more was computed with other thresholds. */
const TOLERANCE = 0.01;
const SHOWN = 5;

/**
 * Where a book's file states health factors that the file's own thresholds do not give. They are never solved
 * back: the amounts stay and the file's threshold is used.
 * @param collateral reserve index of the book's collateral
 */
export function statedHealthFindings(
  name: string,
  place: Place,
  stated: readonly StatedHealth[],
  { reserves, emodes }: LendingTerms,
  collateral: number,
): Finding[] {
  const thresholdOf = (emode: string | undefined): number => {
    const category = emodes.find((each) => each.name === emode);
    return (category?.collateral.includes(collateral) ? category : reserves[collateral]).threshold;
  };
  const differing = stated.flatMap(({ account, health, collateral: value, debt, emode }) => {
    const own = (value * thresholdOf(emode)) / debt;
    const differs = debt > 0 && Math.abs(own / health - 1) > TOLERANCE;
    return differs ? [l10n.t("{0} has {1}, not {2}", account, figure(own), figure(health))] : [];
  });
  if (differing.length === 0) return [];
  const first = firstOfAll(differing.slice(0, SHOWN), differing.length, "; ");
  const message =
    differing.length === 1
      ? l10n.t(
          "1 account of book {0} has another health factor by this file's thresholds than the data file states: {1}. The amounts are kept and this file's thresholds are used; check the threshold, or the accounts' E-mode.",
          name,
          first,
        )
      : l10n.t(
          "{0} accounts of book {1} have another health factor by this file's thresholds than the data file states: {2}. The amounts are kept and this file's thresholds are used; check the threshold, or the accounts' E-mode.",
          whole(differing.length),
          name,
          first,
        );
  const witness = { accounts: differing.length, stated: stated.length };
  return [{ rule: "health-factor-differs", severity: "warning", ...place, message, witness }];
}

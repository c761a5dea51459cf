import { l10n } from "vscode";
import type { LimitRow, Picture } from "../protocol/messages";

export type Verdict = LimitRow["verdict"];

/** The worst first. */
const bySeverity: readonly Verdict[] = ["fail", "undecided", "pass"];

export function worstVerdict(rows: readonly LimitRow[]): Verdict | undefined {
  return bySeverity.find((verdict) => rows.some((row) => row.verdict === verdict));
}

/** Icons of VS Code's own set. */
export const verdictIcons: Readonly<Record<Verdict, string>> = {
  pass: "pass",
  fail: "error",
  undecided: "question",
};

export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case "pass":
      return l10n.t("Kept");
    case "fail":
      return l10n.t("Broken");
    case "undecided":
      return l10n.t("Undecided");
  }
}

/** `Broken: bad debt in crash, 2 USD (at most 1 USD)`. */
export function verdictLine({ title, measured, limit, verdict }: LimitRow): string {
  return l10n.t("{0}: {1}, {2} ({3})", verdictWord(verdict), title, measured, limit);
}

/** The rows of the limits of one scenario, or of all. */
export function rowsOf(picture: Picture | undefined, limits: readonly { index: number }[]): LimitRow[] {
  return (picture?.limits ?? []).filter((row) => limits.some(({ index }) => index === row.index));
}

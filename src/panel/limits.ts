import * as l10n from "@vscode/l10n";
import type { LimitRow } from "../protocol/messages";
import { make, setText, whenChanged } from "./dom";

export interface Limits {
  readonly element: HTMLElement;
  /** @param settled whether the run has ended, so that no more rows come */
  show(rows: readonly LimitRow[], settled: boolean): void;
}

interface VerdictText {
  readonly icon: string;
  readonly word: () => string;
  readonly counted: (limits: number) => string;
}

const verdicts: Readonly<Record<LimitRow["verdict"], VerdictText>> = {
  fail: { icon: "✕", word: () => l10n.t("Broken"), counted: (limits) => l10n.t("{0} broken", limits) },
  undecided: {
    icon: "?",
    word: () => l10n.t("Undecided"),
    counted: (limits) => l10n.t("{0} undecided", limits),
  },
  pass: { icon: "✓", word: () => l10n.t("Kept"), counted: (limits) => l10n.t("{0} kept", limits) },
};

/** Each limit of the file with what was measured against it. */
export function createLimits(): Limits {
  const summary = make("p", { class: "caption" });
  const list = make("ul", { class: "limits" });
  const heading = make("h2", { id: "limits" }, l10n.t("Limits"));
  const element = make("section", { "aria-labelledby": "limits" }, heading, summary, list);
  const fill = whenChanged((rows: readonly LimitRow[]) => {
    list.hidden = rows.length === 0;
    list.replaceChildren(...rows.map(limitRow));
  });
  const show = (rows: readonly LimitRow[], settled: boolean) => {
    setText(
      summary,
      rows.length > 0 ? verdictsOf(rows) : settled ? withoutLimits() : l10n.t("None judged yet."),
    );
    fill(rows);
  };
  return { element, show };
}

function withoutLimits(): string {
  return l10n.t("The file states none. Add a “limits” block to have its results judged.");
}

function verdictsOf(rows: readonly LimitRow[]): string {
  const counts = (["fail", "undecided", "pass"] as const)
    .map((verdict) => ({ verdict, count: rows.filter((row) => row.verdict === verdict).length }))
    .filter(({ count }) => count > 0);
  return counts.map(({ verdict, count }) => verdicts[verdict].counted(count)).join(", ");
}

function limitRow({ title, verdict, measured, limit }: LimitRow): HTMLElement {
  const { icon, word } = verdicts[verdict];
  const badge = make(
    "span",
    { class: `verdict ${verdict}` },
    make("span", { "aria-hidden": "true" }, icon),
    word(),
  );
  return make(
    "li",
    { "data-verdict": verdict },
    badge,
    make("span", { class: "limit-title" }, title),
    make("span", { class: "measured" }, make("span", { class: "label" }, `${l10n.t("measured")} `), measured),
    make("span", { class: "limit" }, make("span", { class: "label" }, `${l10n.t("limit")} `), limit),
  );
}

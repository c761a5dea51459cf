import type { LimitRow } from "../protocol/messages";
import { make, setText, whenChanged } from "./dom";

export interface Limits {
  readonly element: HTMLElement;
  /** @param settled whether the run has ended, so that no more rows come */
  show(rows: readonly LimitRow[], settled: boolean): void;
}

const verdicts = {
  pass: { icon: "✓", word: "Kept" },
  fail: { icon: "✕", word: "Broken" },
  undecided: { icon: "?", word: "Undecided" },
} as const;

/** Each limit of the file with what was measured against it. */
export function createLimits(): Limits {
  const summary = make("p", { class: "caption" });
  const list = make("ul", { class: "limits" });
  const heading = make("h2", { id: "limits" }, "Limits");
  const element = make("section", { "aria-labelledby": "limits" }, heading, summary, list);
  const fill = whenChanged((rows: readonly LimitRow[]) => {
    list.hidden = rows.length === 0;
    list.replaceChildren(...rows.map(limitRow));
  });
  const show = (rows: readonly LimitRow[], settled: boolean) => {
    setText(summary, rows.length > 0 ? verdictsOf(rows) : settled ? withoutLimits : "None judged yet.");
    fill(rows);
  };
  return { element, show };
}

const withoutLimits = "The file states none. Add a “limits” block to have its results judged.";

function verdictsOf(rows: readonly LimitRow[]): string {
  const counts = (["fail", "undecided", "pass"] as const)
    .map((verdict) => ({ verdict, count: rows.filter((row) => row.verdict === verdict).length }))
    .filter(({ count }) => count > 0);
  return counts.map(({ verdict, count }) => `${count} ${verdicts[verdict].word.toLowerCase()}`).join(", ");
}

function limitRow({ title, verdict, measured, limit }: LimitRow): HTMLElement {
  const { icon, word } = verdicts[verdict];
  const badge = make(
    "span",
    { class: `verdict ${verdict}` },
    make("span", { "aria-hidden": "true" }, icon),
    word,
  );
  return make(
    "li",
    { "data-verdict": verdict },
    badge,
    make("span", { class: "limit-title" }, title),
    make("span", { class: "measured" }, make("span", { class: "label" }, "measured "), measured),
    make("span", { class: "limit" }, make("span", { class: "label" }, "limit "), limit),
  );
}

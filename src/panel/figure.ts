import * as l10n from "@vscode/l10n";
import type { Chart } from "../charts/chart";
import type { Table } from "../charts/table";
import { make, setText, whenChanged } from "./dom";

export type ChartName = "fall-curve" | "worst-path" | "loss-distribution";

export interface Figure {
  readonly element: HTMLElement;
  /** Draws the chart, or says why there is none; `note` is said beside the chart. */
  show(chart: Chart | undefined, note: string): void;
}

/** A chart with its heading, its sentence and its data table; `control` stands beside the heading. */
export function createFigure(name: ChartName, title: string, control?: HTMLElement): Figure {
  const heading = make("div", { class: "title" }, make("h2", {}, title), ...(control ? [control] : []));
  const caption = make("figcaption", { class: "caption" });
  const plot = make("div", { class: "plot-area" });
  const note = make("p", { class: "note" });
  const table = make("table");
  const tableNote = make("p", { class: "note" });
  const scroll = { class: "scroll", tabindex: "0", role: "region", "aria-label": l10n.t("Data: {0}", title) };
  const details = make(
    "details",
    {},
    make("summary", {}, l10n.t("Data table")),
    make("div", scroll, table),
    tableNote,
  );
  const element = make(
    "figure",
    { class: "chart", "data-chart": name },
    heading,
    caption,
    plot,
    note,
    details,
  );
  const showPlot = whenChanged((svg: string) => plot.replaceChildren(parsed(svg)));
  const showTable = whenChanged((data: Table) => fillTable(table, tableNote, data));
  const show = (chart: Chart | undefined, said: string) => {
    for (const part of [caption, plot, details]) part.hidden = chart === undefined;
    note.hidden = said === "";
    setText(note, said);
    if (chart === undefined) return;
    setText(caption, chart.caption);
    showPlot(chart.svg);
    showTable(chart.table);
  };
  return { element, show };
}

function parsed(svg: string): Node {
  const page = new DOMParser().parseFromString(svg, "image/svg+xml");
  return document.importNode(page.documentElement, true);
}

function fillTable(table: HTMLTableElement, note: HTMLElement, { headers, rows, note: left }: Table): void {
  const head = make("tr", {}, ...headers.map((header) => make("th", { scope: "col" }, header)));
  const body = rows.map((cells) => make("tr", {}, ...cells.map((cell) => make("td", {}, cell))));
  table.replaceChildren(make("thead", {}, head), make("tbody", {}, ...body));
  note.hidden = left === undefined;
  setText(note, left ?? "");
}

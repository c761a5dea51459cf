import * as l10n from "@vscode/l10n";
import { line } from "d3-shape";
import { domainOf, drawable, linearScale } from "./scales";
import { element, fitted, text } from "./svg";

/**
 * Charts of a few marks for places that show a picture and nothing more, such as hovers: no styles come from
 * around them, so their colours have contrast enough (3 to 1, text 3.5 to 1) on white, on black and between.
 */
export const smallColours = { text: "#808080", loss: "#3a87d8", debt: "#e04f4f" } as const;

export type SmallColour = keyof typeof smallColours;

export interface SmallLine {
  readonly label: string;
  readonly colour: SmallColour;
  /** One a position; the axis begins at 0. */
  readonly values: readonly number[];
}

export interface SmallLines {
  readonly title: string;
  readonly positions: readonly number[];
  readonly lines: readonly SmallLine[];
  /** What the ends of the horizontal axis are. */
  readonly ends: readonly [string, string];
  /** Writes the largest value. */
  readonly write: (value: number) => string;
}

const size = { width: 320, height: 112 };
const area = { left: 4, right: 316, top: 36, bottom: 92 };
const titleAt = 13;

/** Lines over one axis, from 0 to the largest value, which is written at the top; their names stand beside it. */
export function smallLines({ title, positions, lines, ends, write }: SmallLines): string {
  const [, most] = domainOf(
    lines.flatMap(({ values }) => values),
    0,
  );
  const x = linearScale(domainOf(positions), [area.left, area.right]);
  const y = linearScale([0, most], [area.bottom, area.top]);
  const path = ({ values }: SmallLine) =>
    line<number>()
      .defined((index) => drawable(values[index]) && drawable(positions[index]))
      .x((index) => x(positions[index]))
      .y((index) => y(values[index]))
      .digits(1)(positions.map((_, index) => index)) ?? "";
  return small(
    heading(title),
    label(write(most), area.left, area.top - 5, "start"),
    legend(lines),
    rule(area.top, 0.3),
    rule(area.bottom, 1),
    ...lines.map((each) => element("path", { d: path(each), fill: "none", ...stroke(each.colour) })),
    endLabels(ends),
  );
}

export interface SmallBars {
  readonly title: string;
  /** One more than there are counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly write: (value: number) => string;
}

/** A histogram of bins drawn equally wide; the ends of its axis are the first and the last edge. */
export function smallBars({ title, edges, counts, write }: SmallBars): string {
  const x = linearScale([0, counts.length], [area.left, area.right]);
  const y = linearScale(domainOf(counts, 0), [area.bottom, area.top]);
  const bars = counts.map((count, bin) => {
    const box = { x: x(bin), y: y(count), width: x(1) - x(0) - 1, height: area.bottom - y(count) };
    return element("rect", { ...box, fill: smallColours.loss });
  });
  const ends = [write(edges[0]), write(edges[edges.length - 1])] as const;
  return small(heading(title), ...bars, rule(area.bottom, 1), endLabels(ends));
}

export interface SmallInterval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly bound: number;
  /** Whether the figure is on the wrong side of the bound. */
  readonly broken: boolean;
  readonly write: (value: number) => string;
}

/** A figure with its interval, and the bound it is held against. An end without a number is left out. */
export function smallInterval({ value, bound, broken, write, ...ends }: SmallInterval): string {
  const [lower, upper] = [ends.lower, ends.upper].map((end) => (drawable(end) ? end : value));
  const x = linearScale(domainOf([value, lower, upper, bound], 0), [area.left + 8, area.right - 8]);
  const middle = (area.top + area.bottom) / 2;
  const colour = broken ? "debt" : "loss";
  const across = { y1: middle, y2: middle };
  const boundAt = { x1: x(bound), x2: x(bound), y1: area.top - 4, y2: area.bottom };
  return small(
    label(l10n.t("measured {0}", write(value)), area.left, titleAt, "start", colour),
    label(l10n.t("limit {0}", write(bound)), x(bound), area.top - 10, anchorAt(x(bound))),
    rule(area.bottom, 1),
    element("line", {
      x1: x(0),
      x2: x(value),
      ...across,
      ...stroke(colour),
      "stroke-width": 6,
      "stroke-opacity": 0.35,
    }),
    element("line", { x1: x(lower), x2: x(upper), ...across, ...stroke(colour) }),
    element("circle", { cx: x(value), cy: middle, r: 4.5, fill: smallColours[colour] }),
    element("line", { ...boundAt, ...stroke("text"), "stroke-dasharray": "4 3" }),
    label(write(0), x(0), area.bottom + 16, anchorAt(x(0))),
  );
}

function small(...marks: readonly string[]): string {
  const root = {
    xmlns: "http://www.w3.org/2000/svg",
    ...size,
    viewBox: `0 0 ${size.width} ${size.height}`,
    "font-size": 12,
    "font-family": "system-ui, sans-serif",
    fill: smallColours.text,
  };
  return element("svg", root, ...marks);
}

function heading(title: string): string {
  return label(fitted(title, size.width), area.left, titleAt, "start");
}

/** From the right: the lines end there. */
function legend(lines: readonly SmallLine[]): string {
  const width = (area.right - area.left) / (lines.length + 1);
  return lines
    .map((each, index) => {
      const right = area.right - (lines.length - 1 - index) * width;
      return label(fitted(each.label, width), right, area.top - 5, "end", each.colour);
    })
    .join("");
}

function endLabels([start, end]: readonly [string, string]): string {
  return label(start, area.left, area.bottom + 16, "start") + label(end, area.right, area.bottom + 16, "end");
}

function label(content: string, x: number, y: number, anchor: string, colour: SmallColour = "text"): string {
  return text(content, { x, y, "text-anchor": anchor, fill: smallColours[colour] });
}

/** Keeps a label at a place inside the picture. */
function anchorAt(x: number): string {
  if (x < size.width / 3) return "start";
  return x > (2 * size.width) / 3 ? "end" : "middle";
}

function rule(y: number, opacity: number): string {
  const across = { x1: area.left, x2: area.right, y1: y, y2: y };
  return element("line", { ...across, stroke: smallColours.text, "stroke-opacity": opacity });
}

function stroke(colour: SmallColour) {
  return { stroke: smallColours[colour], "stroke-width": 2 };
}

/** A picture as an address, for places that take images by address. */
export function dataUri(svg: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(svg));
  return `data:image/svg+xml;base64,${btoa(bytes)}`;
}

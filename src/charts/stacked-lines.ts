import { curveLinear, curveStepAfter, line } from "d3-shape";
import {
  type Area,
  bottomAxis,
  bottomHeight,
  emptyText,
  labelWidth,
  leftAxis,
  type TickText,
  verticalTicks,
} from "./axes";
import { decimated } from "./decimate";
import { dashes } from "./legend";
import { domainOf, drawable, linearScale, type Scale } from "./scales";
import { element, escaped, fitted, text } from "./svg";

export interface Line {
  /** Class that gives the colour. */
  readonly colour: string;
  /** One a position on the shared axis. */
  readonly values: readonly number[];
  readonly dashed?: boolean;
  /** Holds its value until the next one, as an oracle does. */
  readonly step?: boolean;
}

export interface LinePlot {
  /** With the unit. */
  readonly title: string;
  readonly height: number;
  readonly lines: readonly Line[];
  readonly tickText: TickText;
  /** Value that the axis always shows. */
  readonly origin: number;
  /** Said inside the plot when there is nothing to see in it. */
  readonly empty?: string;
}

/** Line plots one below the other over one horizontal axis. */
export interface Stack {
  readonly width: number;
  readonly top: number;
  readonly positions: readonly number[];
  readonly xTitle: string;
  readonly xTickText: TickText;
  readonly plots: readonly LinePlot[];
  /** What a position's tooltip says. */
  readonly tooltip: (index: number) => string;
}

interface Placed {
  readonly plot: LinePlot;
  readonly area: Area;
  readonly y: Scale;
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
}

const titleHeight = 26;
const right = 14;
const spaceBetween = 18;
const emptyHeight = 40;

export function stackedLines(stack: Stack): { svg: string; height: number } {
  const placed = place(stack);
  const last = placed[placed.length - 1].area;
  // The horizontal axis ends at the data: room right of it would look like a result.
  const x = linearScale(domainOf(stack.positions), [last.left, last.right]);
  const svg = [
    ...placed.map((each) => plotOf(each, stack.positions, x)),
    bottomAxis(last, x, stack.xTickText, stack.xTitle),
    ...tooltips(stack, x, { ...last, top: placed[0].area.top }),
  ].join("");
  return { svg, height: last.bottom + bottomHeight - stack.top };
}

function place({ plots, width, top }: Stack): readonly Placed[] {
  const scaled = plots.map(scaledPlot);
  const left = Math.max(...scaled.map(({ labels }) => labelWidth(labels)));
  let below = top;
  return scaled.map((each) => {
    const plotTop = below + titleHeight;
    const area = { left, right: width - right, top: plotTop, bottom: plotTop + each.height };
    below = area.bottom + spaceBetween;
    return { ...each, area, y: each.y.range([area.bottom, area.top]) };
  });
}

/** An empty plot keeps only a base line, low enough to leave the room to others. */
function scaledPlot(plot: LinePlot) {
  const { empty, origin, lines, tickText } = plot;
  const height = empty === undefined ? plot.height : emptyHeight;
  const values = lines.flatMap((each) => each.values);
  const y = linearScale(empty === undefined ? domainOf(values, origin) : [origin, origin + 1], [0, 1]);
  const ticks = empty === undefined ? verticalTicks(y, height) : [origin];
  return { plot, height, y, ticks, labels: tickText(ticks) };
}

function plotOf({ plot, area, y, ticks, labels }: Placed, positions: readonly number[], x: Scale): string {
  const title = fitted(plot.title, area.right);
  return element(
    "g",
    { class: "plot" },
    text(title, { class: "plot-title", x: 0, y: area.top - 11, "font-weight": 600 }),
    leftAxis(area, y, ticks, labels),
    ...(plot.empty === undefined
      ? plot.lines.map((each) => lineOf(each, positions, x, y))
      : [emptyText(plot.empty, area)]),
  );
}

function lineOf({ colour, values, dashed, step }: Line, positions: readonly number[], x: Scale, y: Scale) {
  const points = decimated(values.slice(0, positions.length), (index) => x(positions[index]));
  const path = line<number>()
    .defined((index) => drawable(values[index]) && drawable(positions[index]))
    .x((index) => x(positions[index]))
    .y((index) => y(values[index]))
    .digits(2)
    .curve(step ? curveStepAfter : curveLinear);
  return element("path", {
    class: `line ${colour}`,
    d: path(points) ?? "",
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 2,
    "stroke-linejoin": "round",
    // A lone point between two gaps is a path of no length, which only a round cap shows.
    "stroke-linecap": dashed ? undefined : "round",
    "stroke-dasharray": dashed ? dashes : undefined,
  });
}

const narrowestTooltip = 8;

/** Invisible columns whose native tooltip reads the values out. */
function tooltips({ positions, tooltip }: Stack, x: Scale, area: Area): readonly string[] {
  const most = Math.floor((area.right - area.left) / narrowestTooltip);
  const step = Math.max(1, Math.ceil(positions.length / most));
  const shown = positions
    .map((_, index) => index)
    .filter((index) => index % step === 0 && drawable(positions[index]));
  return shown.map((index, order) => {
    const centre = x(positions[index]);
    const before = order === 0 ? area.left : (x(positions[shown[order - 1]]) + centre) / 2;
    const after = order === shown.length - 1 ? area.right : (x(positions[shown[order + 1]]) + centre) / 2;
    return column({ ...area, left: before, right: after }, tooltip(index));
  });
}

function column(area: Area, content: string): string {
  const { left, right, top, bottom } = area;
  const box = { x: left, y: top, width: Math.max(0, right - left), height: bottom - top };
  const hit = { class: "hit", ...box, fill: "none", "pointer-events": "all" };
  return element("rect", hit, element("title", {}, escaped(content)));
}

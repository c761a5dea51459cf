import type { Scale } from "./scales";
import { element, fitted, fontSize, text, textWidth } from "./svg";

/** A plot's rectangle in pixels of the chart. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Writes all ticks of an axis, one text a tick. */
export type TickText = (ticks: readonly number[]) => readonly string[];

/** Height of the ticks and the title below a plot. */
export const bottomHeight = 46;

/** Rounds the scale's ends outwards to ticks, and gives them. */
export function verticalTicks(scale: Scale, height: number): readonly number[] {
  const count = Math.max(3, Math.floor(height / 30));
  return scale.nice(count).ticks(count);
}

/** Pixels that the labels left of a plot need. */
export function labelWidth(labels: readonly string[]): number {
  return Math.max(...labels.map(textWidth), 0) + 9;
}

/** Grid lines across the plot, labelled at the left. */
export function leftAxis(area: Area, scale: Scale, ticks: readonly number[], labels: readonly string[]) {
  const rows = ticks.map((tick, index) => {
    const y = scale(tick);
    const line = element("line", {
      class: tick === 0 ? "axis" : "grid",
      x1: area.left,
      x2: area.right,
      y1: y,
      y2: y,
      stroke: "currentColor",
      "stroke-opacity": tick === 0 ? 0.7 : 0.2,
    });
    const label = { x: area.left - 8, y: y + fontSize * 0.36, "text-anchor": "end" };
    return line + text(labels[index], label);
  });
  return element("g", { class: "y-axis" }, ...rows);
}

/** Says in the middle of a plot why there is nothing in it. */
export function emptyText(content: string, { left, right, top, bottom }: Area): string {
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 + 4, "text-anchor": "middle" };
  return text(fitted(content, right - left), { class: "empty", ...middle });
}

/** Ticks below the plot and the axis' title under them. */
export function bottomAxis(area: Area, scale: Scale, tickText: TickText, title: string): string {
  const ticks = horizontalTicks(area, scale, tickText);
  const labels = tickText(ticks);
  const marks = ticks.map((tick, index) => bottomTick(area, scale(tick), labels[index]));
  const shown = fitted(title, area.right);
  const half = textWidth(shown) / 2;
  const centre = Math.max(Math.min((area.left + area.right) / 2, area.right - half), half);
  const titleAt = { class: "axis-title", x: centre, y: area.bottom + 40, "text-anchor": "middle" };
  return element("g", { class: "x-axis" }, ...marks, text(shown, titleAt));
}

/** As many ticks as leave room between their labels. */
function horizontalTicks(area: Area, scale: Scale, tickText: TickText): readonly number[] {
  const width = area.right - area.left;
  for (let count = Math.ceil(width / 60); count > 2; count--) {
    const ticks = scale.ticks(count);
    const widest = Math.max(...tickText(ticks).map(textWidth));
    if (ticks.length * (widest + 16) <= width + widest) return ticks;
  }
  return scale.ticks(2);
}

function bottomTick({ bottom, left, right }: Area, x: number, label: string): string {
  const half = textWidth(label) / 2;
  const centred = Math.min(Math.max(x, left - 8 + half), right + 8 - half);
  const mark = { class: "axis", x1: x, x2: x, y1: bottom, y2: bottom + 5, stroke: "currentColor" };
  return element("line", mark) + text(label, { x: centred, y: bottom + 19, "text-anchor": "middle" });
}

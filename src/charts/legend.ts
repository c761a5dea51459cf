import { element, fitted, fontSize, text, textWidth } from "./svg";

export interface LegendItem {
  readonly label: string;
  readonly swatch: "solid" | "dashed" | "band";
  /** Class that gives the colour. */
  readonly colour: string;
}

const swatchWidth = 26;
const gap = 8;
const rowHeight = 20;

/** The legend's rows from the top of the chart down, wrapped to `width`. */
export function legend(items: readonly LegendItem[], width: number): { svg: string; height: number } {
  if (items.length === 0) return { svg: "", height: 0 };
  let [left, row] = [0, 0];
  const drawn = items.map((item) => {
    const label = fitted(item.label, width - swatchWidth - gap);
    const wide = swatchWidth + gap + textWidth(label);
    if (left > 0 && left + wide > width) [left, row] = [0, row + 1];
    const svg = legendItem({ ...item, label }, left, row * rowHeight);
    left += wide + 2 * gap;
    return svg;
  });
  return { svg: drawn.join(""), height: (row + 1) * rowHeight + 6 };
}

function legendItem({ label, swatch, colour }: LegendItem, left: number, top: number): string {
  const middle = top + rowHeight / 2;
  return element(
    "g",
    { class: "legend" },
    swatch === "band" ? band(colour, left, middle) : stroke(swatch, colour, left, middle),
    text(label, { x: left + swatchWidth + gap, y: middle + fontSize * 0.36 }),
  );
}

function stroke(swatch: "solid" | "dashed", colour: string, left: number, y: number): string {
  return element("line", {
    class: `line ${colour}`,
    x1: left + 1,
    x2: left + swatchWidth,
    y1: y,
    y2: y,
    stroke: "currentColor",
    "stroke-width": 2,
    "stroke-dasharray": swatch === "dashed" ? dashes : undefined,
  });
}

function band(colour: string, left: number, middle: number): string {
  return element("rect", {
    class: `band ${colour}`,
    x: left + 1,
    y: middle - 6,
    width: swatchWidth - 1,
    height: 12,
    "fill-opacity": 0.25,
  });
}

export const dashes = "5 4";

import { element, escaped, fontSize } from "./svg";
import type { Table } from "./table";

/** Where a chart is drawn. */
export interface Frame {
  /** Pixels; narrower than `narrowest` is drawn as `narrowest`. */
  readonly width: number;
  /** Unit of all values: `USD`, or an asset's name. */
  readonly numeraire: string;
}

/** A drawn chart, what it says in a sentence, and its data. */
export interface Chart {
  /** A whole `<svg>`; colours come by class from the page, and are the text's colour without it. */
  readonly svg: string;
  readonly caption: string;
  readonly table: Table;
}

export const narrowest = 200;

export function usableWidth({ width }: Frame): number {
  return Math.max(narrowest, Math.floor(Number.isFinite(width) ? width : narrowest));
}

export interface Root {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
}

/** The root element, named for readers that do not see it. */
export function picture({ id, title, description, width, height }: Root, ...marks: readonly string[]) {
  const root = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${Math.ceil(height)}`,
    width,
    height: Math.ceil(height),
    role: "img",
    "aria-labelledby": `${id}-title ${id}-desc`,
    "font-size": fontSize,
    "font-family": "system-ui, sans-serif",
    fill: "currentColor",
  };
  return element(
    "svg",
    root,
    element("title", { id: `${id}-title` }, escaped(title)),
    element("desc", { id: `${id}-desc` }, escaped(description)),
    ...marks,
  );
}

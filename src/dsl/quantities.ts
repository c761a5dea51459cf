import * as l10n from "@vscode/l10n";
import { type Expected, parseQuantity } from "./quantity";
import { enclosingMap, type Flaw, nameOf, type Site, valueFlaw } from "./sites";
import { child, type Node, nodeAt, textOf } from "./tree";

export interface Quantity {
  /** In base units. */
  readonly value?: number;
  readonly flaws: readonly Flaw[];
}

const NONE: Quantity = { flaws: [] };

/** Reads a value in the dimension its field declares. */
export function readQuantity(site: Site, expected: Expected | undefined): Quantity {
  const text = expected && quantityText(site.node);
  if (!expected || text === undefined || expected.words?.includes(text)) return NONE;
  const reading = parseQuantity(text, expected);
  if ("message" in reading) return { flaws: [valueFlaw(site, reading)] };
  const { value } = reading;
  const isWhole = !site.schema.integer || Number.isSafeInteger(value);
  return { value, flaws: isWhole ? [] : [notInteger(site, text)] };
}

function quantityText(node: Node): string | undefined {
  return node.kind === "scalar" && typeof node.value === "boolean" ? undefined : textOf(node);
}

function notInteger(site: Site, text: string): Flaw {
  return valueFlaw(site, {
    rule: "not-integer",
    message: l10n.t("{0} is a whole number; {1} is not.", nameOf(site), text),
  });
}

export function numeraireOf(root: Node | undefined): string {
  return textOf(child(root, "numeraire")) ?? "USD";
}

/** The dimension and unit of a value's field; undefined when it is no quantity. */
export function expectedOf(site: Site, numeraire: string): Expected | undefined {
  const dimension = site.schema.dimension ?? dimensionBySibling(site);
  const { amountOf, words } = site.schema;
  if (dimension === "amount") return { dimension, unit: siblingText(site, amountOf), words };
  if (dimension === "price" || dimension === "value") return { dimension, unit: numeraire, words };
  return dimension && { dimension, words };
}

function keyOf(site: Site | undefined): string | undefined {
  const key = site?.path.at(-1);
  return typeof key === "string" ? key : undefined;
}

function dimensionBySibling(site: Site): Expected["dimension"] | undefined {
  for (const [sibling, dimensions] of Object.entries(site.schema.dimensionBy ?? {})) {
    const value = siblingText(site, sibling);
    if (value !== undefined && Object.hasOwn(dimensions, value)) return dimensions[value];
  }
  return undefined;
}

/**
 * `asset` is the sibling of that name, `pair/0` the first item of the sibling `pair`, `.` the key of the map itself, `*` the
 * value's own key.
 */
function siblingText(site: Site, reference: string | undefined): string | undefined {
  if (reference === ".") return keyOf(enclosingMap(site));
  if (reference === "*") return keyOf(site);
  return reference === undefined ? undefined : textOf(nodeAt(enclosingMap(site)?.node, reference.split("/")));
}

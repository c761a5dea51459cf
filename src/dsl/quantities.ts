import { type Expected, parseQuantity } from "./quantity";
import { enclosingMap, type Flaw, nameOf, type Site, valueFlaw } from "./sites";
import { child, type Node, nodeAt, textOf } from "./tree";

export interface Quantities {
  /** Values in base units. */
  readonly values: ReadonlyMap<Node, number>;
  readonly flaws: readonly Flaw[];
}

/** Reads every quantity of the file in the dimension its field declares. */
export function readQuantities(sites: readonly Site[]): Quantities {
  const values = new Map<Node, number>();
  const flaws: Flaw[] = [];
  const numeraire = numeraireOf(sites[0].node);
  for (const site of sites) {
    const expected = expectedOf(site, numeraire);
    const text = expected && quantityText(site.node);
    if (!expected || text === undefined) continue;
    const reading = parseQuantity(text, expected);
    if ("message" in reading) flaws.push(valueFlaw(site, reading));
    else values.set(site.node, reading.value);
    if ("value" in reading && site.schema.integer && !Number.isSafeInteger(reading.value))
      flaws.push(notInteger(site, text));
  }
  return { values, flaws };
}

function quantityText(node: Node): string | undefined {
  return node.kind === "scalar" && typeof node.value === "boolean" ? undefined : textOf(node);
}

function notInteger(site: Site, text: string): Flaw {
  return valueFlaw(site, {
    rule: "not-integer",
    message: `${nameOf(site)} is a whole number; ${text} is not.`,
  });
}

export function numeraireOf(root: Node | undefined): string {
  return textOf(child(root, "numeraire")) ?? "USD";
}

/** The dimension and unit of a value's field; undefined when it is no quantity. */
export function expectedOf(site: Site, numeraire: string): Expected | undefined {
  const dimension = site.schema.dimension ?? dimensionBySibling(site);
  if (dimension === "amount") return { dimension, unit: siblingText(site, site.schema.amountOf) };
  if (dimension === "price" || dimension === "value") return { dimension, unit: numeraire };
  return dimension && { dimension };
}

function dimensionBySibling(site: Site): Expected["dimension"] | undefined {
  for (const [sibling, dimensions] of Object.entries(site.schema.dimensionBy ?? {})) {
    const value = siblingText(site, sibling);
    if (value !== undefined && Object.hasOwn(dimensions, value)) return dimensions[value];
  }
  return undefined;
}

/** `asset` is the sibling of that name, `pair/0` the first item of the sibling `pair`. */
function siblingText(site: Site, reference: string | undefined): string | undefined {
  return reference === undefined ? undefined : textOf(nodeAt(enclosingMap(site)?.node, reference.split("/")));
}

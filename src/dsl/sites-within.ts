import type { Span } from "./problem";
import { childSchema, rootSchema } from "./schema";
import { type Site, schemaFor } from "./sites";
import { type Entry, isMerged, type Node } from "./tree";

/**
 * The values the schema knows that are written in a part of the text, parents first. What stands elsewhere, behind an
 * alias or a merge key, is not among them.
 */
export function sitesWithin(root: Node | undefined, span: Span): Site[] {
  const sites: Site[] = [];
  if (root) visit({ path: [], node: root, schema: rootSchema }, span, sites);
  return sites;
}

function visit(site: Site, span: Span, sites: Site[]): void {
  const { node } = site;
  sites.push(site);
  if (node.origin) return;
  if (node.kind === "map") {
    for (const entry of node.entries.values()) {
      if (!isMerged(entry)) visitChild(site, entry.key, entry.value, span, sites, entry);
    }
  }
  if (node.kind === "list") visitItems(site, node.items, span, sites);
}

/** Items stand in the order of the text. */
function visitItems(site: Site, items: readonly Node[], span: Span, sites: Site[]): void {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].span.end < span.start) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < items.length && items[i].span.start <= span.end; i++) {
    visitChild(site, i, items[i], span, sites);
  }
}

function visitChild(
  parent: Site,
  key: string | number,
  node: Node,
  span: Span,
  sites: Site[],
  entry?: Entry,
): void {
  if (node.span.end < span.start || node.span.start > span.end) return;
  const declared = childSchema(parent.schema, key);
  if (!declared) return;
  visit({ path: [...parent.path, key], node, schema: schemaFor(declared, node), parent, entry }, span, sites);
}

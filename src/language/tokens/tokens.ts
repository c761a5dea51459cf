import { firstFrom } from "../../dsl/positions";
import type { Span } from "../../dsl/problem";
import { expectedOf, numeraireOf } from "../../dsl/quantities";
import { quantityParts } from "../../dsl/quantity";
import { childSchema, keyKind, rootSchema, type Schema } from "../../dsl/schema";
import { type Site, schemaFor } from "../../dsl/sites";
import type { Source } from "../../dsl/source";
import { type Entry, isMerged, type Node, type ScalarNode } from "../../dsl/tree";
import { touch } from "../ranges";
import { nameType, type TokenModifier, type TokenType } from "./legend";

/** A word with what it is in the language; on one line. */
export interface Token {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifier?: TokenModifier;
}

interface Walk {
  readonly text: string;
  readonly numeraire: string;
  /** What is asked about. */
  readonly range: Span;
  readonly tokens: Token[];
}

/**
 * What the words of a text are, in their order: names by kind, keys, values of enumerations, numbers and their units,
 * and comments that silence. What the schema does not know is left to the grammar.
 * @param range the part that is asked about; the whole text without it
 */
export function semanticTokens(
  { text, root }: Source,
  range: Span = { start: 0, end: text.length },
): Token[] {
  const walk: Walk = { text, numeraire: numeraireOf(root), range, tokens: [] };
  if (root) visit(walk, { path: [], node: root, schema: rootSchema });
  addSuppressions(walk);
  return walk.tokens.sort((a, b) => a.span.start - b.span.start);
}

function visit(walk: Walk, site: Site): void {
  const { node } = site;
  if (node.origin || !touch(node.span, walk.range)) return;
  if (node.kind === "scalar") addValue(walk, site, node);
  else if (node.kind === "list") visitItems(walk, site, node.items);
  else for (const entry of node.entries.values()) visitEntry(walk, site, entry);
}

function visitItems(walk: Walk, site: Site, items: readonly Node[]): void {
  const { start, end } = walk.range;
  for (let index = firstFrom(items, start); items[index]?.span.start <= end; index++)
    visitChild(walk, site, index, items[index]);
}

function visitEntry(walk: Walk, site: Site, entry: Entry): void {
  if (isMerged(entry)) return;
  const { declares } = site.schema;
  const keys = keyKind(site.schema, entry.key);
  if (declares) add(walk, entry.keySpan, nameType(declares), "declaration");
  else if (keys) add(walk, entry.keySpan, nameType(keys), "reference");
  else if (childSchema(site.schema, entry.key)) add(walk, entry.keySpan, "property");
  visitChild(walk, site, entry.key, entry.value, entry);
}

function visitChild(walk: Walk, parent: Site, key: string | number, node: Node, entry?: Entry): void {
  const declared = touch(node.span, walk.range) && childSchema(parent.schema, key);
  if (!declared) return;
  visit(walk, { path: [...parent.path, key], node, schema: schemaFor(declared, node), parent, entry });
}

function addValue(walk: Walk, site: Site, node: ScalarNode): void {
  const { schema } = site;
  if (node.broken || node.text === "") return;
  if (schema.declares) add(walk, node.span, nameType(schema.declares), "declaration");
  else if (schema.references) add(walk, node.span, nameType(schema.references), "reference");
  else if (isEnumeration(schema)) add(walk, node.span, "enumMember");
  else if (schema.words?.includes(node.text)) add(walk, node.span, "enumMember");
  else if (isNumber(schema)) addQuantity(walk, site, node);
}

function isEnumeration({ enum: values, const: only }: Schema): boolean {
  return values !== undefined || typeof only === "string";
}

function isNumber({ dimension, dimensionBy, type, const: only }: Schema): boolean {
  return (
    dimension !== undefined ||
    dimensionBy !== undefined ||
    type === "integer" ||
    type === "number" ||
    only !== undefined
  );
}

/** The number with its scale, and the unit; of an amount, the unit is the name of an asset. */
function addQuantity(walk: Walk, site: Site, { span, text, quoted }: ScalarNode): void {
  const parts = quantityParts(text);
  if (!parts) return;
  const start = span.start + (quoted ? 1 : 0);
  const end = start + text.length;
  add(walk, { start, end: start + parts.number.length }, "number");
  if (parts.unit === "") return;
  const unit = { start: end - parts.unit.length, end };
  if (expectedOf(site, walk.numeraire)?.dimension === "amount")
    add(walk, unit, nameType("asset"), "reference");
  else add(walk, unit, "keyword");
}

const SUPPRESSION = /^[ \t]*#[ \t]*(plimsoll-disable-next-line)\b(?:[ \t]+(?!--)([^\s]+))?/dgm;

function addSuppressions(walk: Walk): void {
  if (!walk.text.includes("plimsoll-disable-next-line")) return;
  for (const { indices } of walk.text.matchAll(SUPPRESSION)) {
    const [, directive, rule] = indices!;
    add(walk, spanAt(directive!), "macro");
    if (rule) add(walk, spanAt(rule), "decorator");
  }
}

function spanAt([start, end]: readonly [number, number]): Span {
  return { start, end };
}

function add({ text, range, tokens }: Walk, span: Span, type: TokenType, modifier?: TokenModifier): void {
  if (!touch(span, range) || text.slice(span.start, span.end).includes("\n")) return;
  tokens.push({ span, type, modifier });
}

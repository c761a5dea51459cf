import * as l10n from "@vscode/l10n";
import type { Path, Problem, Related, Span } from "./problem";
import { branchOf, type Schema } from "./schema";
import { titleOf } from "./schema-text";
import { child, type Entry, type Node, originNote, overridesNote, textOf } from "./tree";

/** A value of the file together with what the schema says of it. */
export interface Site {
  readonly path: Path;
  readonly node: Node;
  /** Of a union whose tag is missing or unknown: the union itself. */
  readonly schema: Schema;
  readonly parent?: Site;
  /** The entry whose value this is; absent for list items and the root. */
  readonly entry?: Entry;
}

/** A problem with a value, and what it makes unusable. */
export interface Flaw {
  readonly site: Site;
  readonly problem: Problem;
  /** What a draft of the file has to leave out. */
  readonly drops?: readonly Path[];
}

export function schemaFor(declared: Schema, node: Node): Schema {
  return branchOf(declared, (tag) => textOf(child(node, tag))) ?? declared;
}

/** The nearest map around a value: what its siblings are looked up in. */
export function enclosingMap(site: Site): Site | undefined {
  let parent = site.parent;
  while (parent && parent.node.kind !== "map") parent = parent.parent;
  return parent;
}

/** Where a problem with a value is shown: the value, or the key of one that fills several lines. */
export function valueSpan(site: Site): Span {
  const { node } = site;
  if (node.kind === "scalar" || !node.block) return node.span;
  return keySpan(site);
}

/** Where a problem with a map as a whole is shown: its key, or its first key when it has none. */
export function keySpan(site: Site): Span {
  if (site.entry) return site.entry.keySpan;
  const { node } = site;
  if (node.kind === "map") for (const entry of node.entries.values()) return entry.keySpan;
  if (node.kind === "list" && node.items.length > 0)
    return { start: node.span.start, end: node.span.start + 1 };
  return node.span;
}

interface Finding {
  readonly rule: string;
  readonly message: string;
  /** What to write instead of the value. */
  readonly fix?: string;
}

/** A flaw of a value, shown at the value; aliases and overridden merges name where the value comes from. */
export function valueFlaw(site: Site, { rule, message, fix }: Finding): Flaw {
  const span = valueSpan(site);
  const fixes = fix === undefined || site.node.origin ? undefined : [replacement(span, fix)];
  const problem: Problem = { rule, severity: "error", message, span, related: related(site), fixes };
  return { site, problem, drops: [site.path] };
}

/** A flaw of a map as a whole, shown at its key. */
export function keyFlaw(
  site: Site,
  { rule, message }: Omit<Finding, "fix">,
  more: readonly Related[] = [],
): Flaw {
  const notes = [...originNote(site.node), ...more];
  return { site, problem: { rule, severity: "error", message, span: keySpan(site), related: notes } };
}

export function replacement(span: Span, text: string): NonNullable<Problem["fixes"]>[number] {
  return { title: l10n.t("Write {0}", text), edits: [{ span, text }] };
}

function related(site: Site): Related[] {
  const overrides = site.entry?.overrides;
  return overrides ? [overridesNote(overrides)] : originNote(site.node);
}

/** How messages call a value: the schema's title, else its key. */
export function nameOf({ schema, path }: Site): string {
  const key = path.at(-1);
  const title = titleOf(schema);
  if (title !== undefined) return title;
  return typeof key === "number" ? l10n.t("This item") : `\`${key}\``;
}

/** How a message that begins with a map calls it: its key in the file, else what the schema calls it. */
export function keyName(site: Site): string {
  if (site.path.length === 0) return l10n.t("A risk file");
  return ownKey(site) ?? l10n.t("This {0}", entryName(site));
}

/** The same further back in a message. */
export function keyNameWithin(site: Site): string {
  if (site.path.length === 0) return l10n.t("a risk file");
  return ownKey(site) ?? l10n.t("this {0}", entryName(site));
}

function ownKey({ path }: Site): string | undefined {
  const key = path.at(-1);
  return typeof key === "string" ? `\`${key}\`` : undefined;
}

function entryName({ schema }: Site): string {
  return titleOf(schema)?.toLowerCase() ?? l10n.t("entry");
}

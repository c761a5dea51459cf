import * as l10n from "@vscode/l10n";
import { meantKey } from "./keys";
import type { Fix, Problem, Related, Span, TextEdit } from "./problem";
import { childSchema, rootSchema, type Schema } from "./schema";
import { schemaFor } from "./sites";
import { lineAt } from "./syntax";
import { type Entry, isBroken, type MapNode, type Node } from "./tree";

interface InPlace {
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
}

/**
 * A file with what is certainly in the wrong column read where it belongs: sections that are indented under the one
 * above, and names that are not indented under their section. Looks at the keys of the file and up in its sections.
 */
export function inPlace(text: string, root: Node | undefined): InPlace {
  if (root?.kind !== "map") return { root, problems: [] };
  const sections = outdented(text, root);
  const names = indented(text, sections.root);
  return { root: names.root, problems: [...sections.problems, ...names.problems] };
}

interface Moved {
  readonly root: MapNode;
  readonly problems: readonly Problem[];
}

/** Brings sections that stand in another one to the top. */
function outdented(text: string, root: MapNode): Moved {
  const entries = new Map<string, Entry>();
  const problems: Problem[] = [];
  for (const entry of root.entries.values()) {
    const strays = straysIn(entry, root);
    for (const part of strays.length > 0 ? splitAt(entry, strays) : [entry]) entries.set(part.key, part);
    for (const stray of strays) problems.push(indentedSection(text, stray));
  }
  return problems.length > 0 ? { root: { ...shape(root), entries }, problems } : { root, problems };
}

/** A map without what is kept of it as it was. */
export function shape({ block, span }: MapNode): Omit<MapNode, "entries"> {
  return { kind: "map", block, span };
}

const SECTIONS = Object.keys(rootSchema.properties ?? {}).filter((key) =>
  ["object", "array"].includes(String(childSchema(rootSchema, key)!.type)),
);

/** The sections of the file that a section holds, which the file does not have otherwise; in the order of the text. */
function straysIn({ key, value }: Entry, root: MapNode): Entry[] {
  if (value.kind !== "map" || !value.block || value.origin) return [];
  const schema = childSchema(rootSchema, key);
  if (!schema) return [];
  const found = SECTIONS.flatMap((section) => {
    const entry = root.entries.has(section) ? undefined : value.entries.get(section);
    return entry && !entry.value.origin && isStray(entry, schema) ? [entry] : [];
  });
  return found.sort((a, b) => a.keySpan.start - b.keySpan.start);
}

/** Whether nothing in a value says that it is what its place takes. */
function isStray({ key, value }: Entry, around: Schema): boolean {
  if (Object.hasOwn(around.properties ?? {}, key)) return false;
  if (value.kind === "scalar") return isEmpty(value);
  return !fits(value, childSchema(around, key));
}

export function isEmpty(node: Node): boolean {
  return node.kind === "scalar" && node.value === null && !isBroken(node);
}

/** Whether a map has a key that the schema knows. */
export function fits(node: Node, declared: Schema | undefined): boolean {
  const known = declared && schemaFor(declared, node).properties;
  return (
    known !== undefined &&
    node.kind === "map" &&
    [...node.entries.keys()].some((key) => Object.hasOwn(known, key))
  );
}

/** A section without its strays, and the strays. What follows one that is empty was meant to be in it. */
function splitAt(section: Entry, strays: readonly Entry[]): Entry[] {
  const own = new Map<string, Entry>();
  const inStrays = new Map(strays.map((stray) => [stray, new Map<string, Entry>()]));
  let into = own;
  for (const entry of (section.value as MapNode).entries.values()) {
    const inStray = inStrays.get(entry);
    if (inStray) into = isEmpty(entry.value) ? inStray : own;
    else into.set(entry.key, entry);
  }
  const parts = strays.map((stray) => {
    const entries = inStrays.get(stray)!;
    return entries.size > 0 ? { ...stray, value: mapOf(entries, stray.value) } : stray;
  });
  return [{ ...section, value: mapOf(own, section.value) }, ...parts];
}

/** A block of entries; without any, where the value is that it replaces. */
export function mapOf(entries: ReadonlyMap<string, Entry>, { span }: Node): MapNode {
  const all = [...entries.values()];
  const start = all[0]?.keySpan.start ?? span.start;
  return { kind: "map", block: true, entries, span: { start, end: all.at(-1)?.value.span.end ?? start } };
}

function indentedSection(text: string, { key, keySpan, value }: Entry): Problem {
  const { start } = lineAt(text, keySpan.start);
  const end = Math.max(keySpan.end, value.span.end);
  const edits = linesOf(text, { start, end }).map((line) => {
    const spaces = /^ */.exec(text.slice(line.start, line.end))![0].length;
    return {
      span: { start: line.start, end: line.start + Math.min(spaces, keySpan.start - start) },
      text: "",
    };
  });
  const message = l10n.t("`{0}` is a section of the file: it starts at the first column.", key);
  return badIndentation(message, keySpan, { title: l10n.t("Start `{0}` at the first column", key), edits });
}

function badIndentation(message: string, span: Span, fix: Fix): Problem {
  return { rule: "bad-indentation", severity: "error", message, span, fixes: [fix] };
}

/** The lines of a part of the text that are not blank. */
function linesOf(text: string, { start, end }: Span): Span[] {
  const lines: Span[] = [];
  for (let at = start; at < end; ) {
    const line = lineAt(text, at);
    if (text.slice(line.start, line.end).trim() !== "") lines.push(line);
    const lineFeed = text.indexOf("\n", at);
    at = lineFeed < 0 ? text.length : lineFeed + 1;
  }
  return lines;
}

/** Brings names that stand beside their section into it. */
function indented(text: string, root: MapNode): Moved {
  const entries = new Map<string, Entry>();
  const problems: Problem[] = [];
  let section: Entry | undefined;
  let names: Entry[] = [];
  const close = () => {
    if (!section || names.length === 0) return;
    entries.set(section.key, withNames(section, names));
    problems.push(outdentedNames(text, section, names));
    names = [];
  };
  for (const entry of root.entries.values()) {
    if (section && belongsTo(section, entry, root)) {
      names.push(entry);
      continue;
    }
    close();
    section = entry;
    entries.set(entry.key, entry);
  }
  close();
  return problems.length > 0 ? { root: { ...shape(root), entries }, problems } : { root, problems };
}

function belongsTo({ key, value }: Entry, name: Entry, root: MapNode): boolean {
  if (childSchema(rootSchema, name.key) || name.value.origin || value.origin) return false;
  const schema = childSchema(rootSchema, key);
  const declared = schema?.declares === undefined ? undefined : childSchema(schema, name.key);
  if (!declared || meantKey(name.key, rootSchema, root) !== undefined) return false;
  if (isEmpty(value)) return isEmpty(name.value) || fits(name.value, declared);
  return value.kind === "map" && value.block && !value.entries.has(name.key) && fits(name.value, declared);
}

function withNames(section: Entry, names: readonly Entry[]): Entry {
  const own = section.value.kind === "map" ? section.value.entries : [];
  const entries = new Map([...own, ...names.map((name) => [name.key, name] as const)]);
  return { ...section, value: mapOf(entries, section.value) };
}

function outdentedNames(text: string, { key, value }: Entry, names: readonly Entry[]): Problem {
  const [first, ...others] = names;
  const neighbour = value.kind === "map" ? value.entries.values().next().value : undefined;
  const fix = indentation(text, key, names, neighbour ? columnOf(text, neighbour) : 2);
  const message = l10n.t("`{0}` is no section of the file: indent it below `{1}`.", first.key, key);
  return { ...badIndentation(message, first.keySpan, fix), related: alsoAt(others) };
}

/** Where else the same mistake is. */
export function alsoAt(entries: readonly Entry[]): Related[] {
  return entries.slice(0, 20).map(({ keySpan }) => ({ message: l10n.t("This one too."), span: keySpan }));
}

export function columnOf(text: string, { keySpan }: Entry): number {
  return keySpan.start - lineAt(text, keySpan.start).start;
}

/** Indents entries by some more columns, so that they stand below a key. */
export function indentation(text: string, key: string, entries: readonly Entry[], by: number): Fix {
  const edits: TextEdit[] = entries.flatMap(({ keySpan, value: { span } }) =>
    linesOf(text, { start: keySpan.start, end: Math.max(keySpan.end, span.end) }).map(({ start }) => ({
      span: { start, end: start },
      text: " ".repeat(Math.max(by, 1)),
    })),
  );
  return { title: l10n.t("Indent below `{0}`", key), edits };
}

import * as l10n from "@vscode/l10n";
import type { CodeAction } from "vscode-languageserver";
import type { Source } from "../../dsl/parse";
import type { Path, Problem, TextEdit } from "../../dsl/problem";
import { childSchema, type Schema } from "../../dsl/schema";
import { siteAt } from "../../dsl/schema-info";
import { listed } from "../../dsl/suggest";
import { type Entry, isMerged, type MapNode, type Node, nodeAt } from "../../dsl/tree";
import { textOfPieces } from "../completion/candidate";
import { variantsOf } from "../completion/examples";
import { fill, namesAt } from "../completion/fill";
import { flowPieces } from "../completion/layout";
import { type ActionContext, quickFix, textEdits } from "./context";

/** A map of the file and what the schema says of it. */
interface Lacking {
  readonly path: Path;
  readonly map: MapNode;
  readonly schema: Schema;
}

/** Adds the keys that a map needs, each with the value its schema gives as an example; a choice is several actions. */
export function addMissing(problem: Problem, context: ActionContext): CodeAction[] {
  if (problem.rule !== "missing-key" || problem.fixes?.length) return [];
  const { source } = context;
  const found = lackingAt(source, problem.span.start);
  if (!found) return [];
  return choicesOf(found).flatMap((keys) => {
    const edit = insertion(source, found, keys);
    if (!edit) return [];
    const title = l10n.t("Add {0}", listed(keys)).replaceAll("`", "");
    return [quickFix(title, problem, textEdits([edit], context), context)];
  });
}

/** The map at a key, or the one that the key is in: one without a name of its own is marked at its first key. */
function lackingAt({ root, pathAt }: Source, offset: number): Lacking | undefined {
  const path = pathAt(offset)?.path ?? [];
  for (const each of [path, path.slice(0, -1)]) {
    const map = nodeAt(root, each);
    const schema = siteAt(each, root)?.schema;
    if (map?.kind !== "map" || map.origin || !schema?.properties) continue;
    const found = { path: each, map, schema };
    if (choicesOf(found).length > 0) return found;
  }
  return undefined;
}

/** Sets of keys, each of which makes the map complete. */
function choicesOf({ map, schema }: Lacking): string[][] {
  const required = (schema.required ?? []).filter((key) => !map.entries.has(key));
  const open = (schema.requiresOneOf ?? []).find((group) => !group.some((key) => map.entries.has(key)));
  if (open) return open.map((key) => [...required, key, ...companyOf(key, schema)]);
  return required.length > 0 ? [required] : [];
}

/** The key without which another does nothing. */
function companyOf(key: string, schema: Schema): string[] {
  const company = childSchema(schema, key)?.with;
  return company === undefined ? [] : [company];
}

function insertion(
  { text, root }: Source,
  { path, map, schema }: Lacking,
  keys: string[],
): TextEdit | undefined {
  const written = keys.map((key) => `${key}: ${exampleOf(root!, [...path, key], childSchema(schema, key)!)}`);
  const first = [...map.entries.values()].find((entry) => !isMerged(entry));
  if (first) return beforeKey(text, first, map.block, written);
  const { start, end } = map.span;
  return map.entries.size === 0 && text.startsWith("{", start)
    ? { span: { start, end }, text: `{ ${written.join(", ")} }` }
    : undefined;
}

function beforeKey(text: string, { keySpan: { start } }: Entry, block: boolean, written: string[]): TextEdit {
  const column = start - (text.lastIndexOf("\n", start - 1) + 1);
  const separator = block ? `\n${" ".repeat(column)}` : ", ";
  return { span: { start, end: start }, text: written.map((entry) => entry + separator).join("") };
}

function exampleOf(root: Node, path: Path, schema: Schema): string {
  return textOfPieces(flowPieces(fill(namesAt(root, path), schema, variantsOf(schema)[0].value)));
}

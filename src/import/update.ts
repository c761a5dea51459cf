import { isAlias, isMap, isNode, type Pair, parseDocument, type YAMLMap } from "yaml";
import { parse } from "../dsl/parse";
import { ImportProblem } from "./import-problem";

/** A value of the file that the chain has otherwise. */
export interface Drift {
  readonly path: readonly string[];
  /** As it is written; absent where the file had none. */
  readonly was?: string;
  /** Absent where the chain has none any more: it stays in the file. */
  readonly is?: string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A file with the values of a fresh import: what is written otherwise changes in its place, new entries follow the
 * others of their map, and everything else, comments and layout included, stays.
 * @throws ImportProblem where the file cannot be read, or would have an error afterwards
 */
export function updated(existing: string, fresh: string): { text: string; drift: readonly Drift[] } {
  const texts = { old: existing, new: fresh };
  const values = { old: fileOf(existing), new: fileOf(fresh) };
  const edits: Edit[] = [...commentEdits(existing, fresh)];
  const drift: Drift[] = [];
  const walk = (old: YAMLMap, now: YAMLMap, path: readonly string[]): void => {
    for (const pair of now.items) {
      const key = String(pair.key);
      const at = [...path, key];
      if (KEPT.has(at.join("."))) continue;
      const own = old.items.find((each) => String(each.key) === key);
      if (!own) {
        if (!mayAdd(path)) continue;
        edits.push(insertion(texts, old, pair));
        drift.push({ path: at, is: isMap(pair.value) ? "new" : sourceOf(fresh, pair) });
      } else if (isMap(own.value) && isMap(pair.value)) walk(own.value, pair.value, at);
      else if (!isAlias(own.value) && !isSame(valueAt(values.old, at), valueAt(values.new, at))) {
        const [start, end] = rangeOf(own);
        edits.push({ start, end, text: sourceOf(fresh, pair) });
        drift.push({ path: at, was: sourceOf(existing, own), is: sourceOf(fresh, pair) });
      }
    }
    if (!OWNED.has(path.at(-1) ?? "")) return;
    for (const { key } of old.items)
      if (!now.items.some((each) => String(each.key) === String(key)))
        drift.push({ path: [...path, String(key)], was: "in the file" });
  };
  walk(mapOf(existing), mapOf(fresh), []);
  const text = applied(existing, edits);
  fileOf(text);
  return { text, drift };
}

/** What a person names. */
const KEPT = new Set(["plimsoll", "name"]);
/** Maps whose entries are all from the chain. */
const OWNED = new Set(["reserves", "emodes"]);

/**
 * An asset may be described in other ways than by a price, and an oracle too: their entries are complete as they are. An
 * asset is traded by one venue, which the file may have by another name.
 */
function mayAdd(path: readonly string[]): boolean {
  if (path[0] === "venues") return false;
  return path.length < 2 || path[0] === "markets";
}

function fileOf(text: string): unknown {
  const { file, problems } = parse(text);
  const error = problems.find(({ severity }) => severity === "error");
  if (file && !error) return file;
  throw new ImportProblem(
    `The file cannot be updated: ${error?.message ?? "it cannot be read."} Correct it first, and see "plimsoll check".`,
  );
}

function mapOf(text: string): YAMLMap {
  return parseDocument(text).contents as YAMLMap;
}

function valueAt(file: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], file);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function rangeOf({ value }: Pair): [number, number] {
  const [start, end] = (isNode(value) && value.range) || [0, 0];
  return [start, end];
}

function sourceOf(text: string, pair: Pair): string {
  return text.slice(...rangeOf(pair));
}

/** Where a pair of the fresh text goes in a map of the old one. */
function insertion(texts: { old: string; new: string }, map: YAMLMap, pair: Pair): Edit {
  const last = map.items.at(-1);
  if (map.flow) {
    const source = `${pair.key}: ${sourceOf(texts.new, pair)}`;
    if (last) return { start: rangeOf(last)[1], end: rangeOf(last)[1], text: `, ${source}` };
    const inside = map.range![0] + 1;
    return { start: inside, end: inside, text: ` ${source} ` };
  }
  const keyAt = (each: Pair) => (isNode(each.key) ? each.key.range![0] : 0);
  const lineStart = (text: string, at: number) => text.lastIndexOf("\n", at - 1) + 1;
  const lineEnd = (text: string, at: number) =>
    text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
  const first = lineStart(texts.new, keyAt(pair));
  const block = texts.new.slice(first, lineEnd(texts.new, rangeOf(pair)[1] - 1));
  const indents = [keyAt(map.items[0]) - lineStart(texts.old, keyAt(map.items[0])), keyAt(pair) - first];
  const lines = block.split("\n").map((line) => " ".repeat(indents[0]) + line.slice(indents[1]));
  const end = lineEnd(texts.old, rangeOf(last!)[1] - 1);
  return { start: end, end, text: `\n${lines.join("\n")}` };
}

/** Comments in which an import says what a file cannot; others are a person's. */
const OWN_COMMENT =
  /^ # (supplied|borrowed|interest rate strategy|supply cap|borrow cap|deficit|not borrowable|frozen|paused|inactive)\b.*$/;
const ORIGIN = /^# (Aave v3|Morpho Blue) on chain \d+ at block \d+ \(.*\), read from its contracts\.$/m;

function* commentEdits(existing: string, fresh: string): Generator<Edit> {
  const origin = ORIGIN.exec(existing);
  const now = ORIGIN.exec(fresh);
  if (origin && now) yield { start: origin.index, end: origin.index + origin[0].length, text: now[0] };
  const comments = new Map(linesWithKey(fresh).map(({ key, comment }) => [key, comment]));
  for (const { key, comment, at } of linesWithKey(existing)) {
    const said = comments.get(key);
    if (said === undefined || said === comment || (comment !== "" && !OWN_COMMENT.test(comment))) continue;
    yield { start: at, end: at + comment.length, text: said };
  }
}

/** Lines that are an entry in braces, by indent and name, with what follows them. */
function linesWithKey(text: string): { key: string; comment: string; at: number }[] {
  return [...text.matchAll(/^( +[\w.-]+): \{.*\}( # .*)?$/gm)].map(
    ({ 0: line, 1: key, 2: comment = "", index }) => ({
      key,
      comment,
      at: index + line.length - comment.length,
    }),
  );
}

/** From the end on; of several at one place the first comes first in the text. */
function applied(text: string, edits: readonly Edit[]): string {
  return edits
    .toReversed()
    .sort((a, b) => b.start - a.start)
    .reduce((done, { start, end, text: own }) => done.slice(0, start) + own + done.slice(end), text);
}

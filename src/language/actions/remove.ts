import * as l10n from "@vscode/l10n";
import type { CodeAction } from "vscode-languageserver";
import type { Problem, Span } from "../../dsl/problem";
import { type Entry, entryAt, type MapNode, nodeAt } from "../../dsl/tree";
import { type ActionContext, quickFix, textEdits } from "./context";

/** What these rules find at a key is gone with the key. */
const AT_NEEDLESS_KEYS: ReadonlySet<string> = new Set([
  "unknown-key",
  "exclusive-keys",
  "incomplete-group",
  "needless-level",
  "needless-scope",
]);

/** Takes out a key that does nothing. */
export function removal(problem: Problem, context: ActionContext): CodeAction[] {
  if (!AT_NEEDLESS_KEYS.has(problem.rule)) return [];
  const { source } = context;
  const place = source.pathAt(problem.span.start);
  const entry = place && entryAt(source.root, place.path);
  const map = place && nodeAt(source.root, place.path.slice(0, -1));
  const span = entry && map?.kind === "map" ? entrySpan(source.text, map, entry) : undefined;
  if (!span) return [];
  const title = l10n.t("Remove {0}", entry!.key);
  return [quickFix(title, problem, textEdits([{ span, text: "" }], context), context)];
}

/** An entry with what separates it from the next; undefined where the map would be left empty or broken. */
function entrySpan(text: string, map: MapNode, { keySpan, value }: Entry): Span | undefined {
  if (map.entries.size < 2) return undefined;
  const start = keySpan.start;
  const end = start + text.slice(start, Math.max(keySpan.end, value.span.end)).trimEnd().length;
  return map.block ? lines(text, start, end) : betweenCommas(text, start, end);
}

function lines(text: string, from: number, to: number): Span | undefined {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const lineFeed = text.indexOf("\n", to);
  const isAlone = text.slice(start, from).trim() === "";
  return isAlone ? { start, end: lineFeed < 0 ? text.length : lineFeed + 1 } : undefined;
}

function betweenCommas(text: string, from: number, to: number): Span {
  const after = /^\s*,[ \t]*/.exec(text.slice(to));
  if (after) return { start: from, end: to + after[0].length };
  const before = /,\s*$/.exec(text.slice(0, from));
  return { start: from - (before?.[0].length ?? 0), end: to };
}

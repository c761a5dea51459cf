import { anchorsOf } from "../../dsl/anchors";
import type { Path } from "../../dsl/problem";
import type { Schema } from "../../dsl/schema";
import type { Node } from "../../dsl/tree";
import type { Candidate, Offer } from "./candidate";
import type { CursorContext } from "./cursor-context";
import { anchoredNode } from "./nodes";
import { memberSchema, siteAt } from "./scene";

/** Behind `<<:`, or where an alias is begun: the anchors above, first those whose keys the map may have. */
export function aliasesAt(text: string, context: CursorContext): Offer | undefined {
  if (context.at !== "value") return undefined;
  const { word, before, after, path } = context;
  const merging = mergePath(path);
  if (!merging && text[word.start] !== "*") return undefined;
  const target = merging && siteAt(context, merging);
  const taken = aliasesBeside(context);
  const candidates = namesAbove(text, word.start).flatMap((name) => {
    const node = taken.has(name) ? undefined : anchoredNode(text, word.start, name);
    if (!node || (merging && node.kind !== "map")) return [];
    return [aliasCandidate(name, node, !target || fits(node, target.schema))];
  });
  return { word, before, after, candidates };
}

/** Where the map stands that something is merged into, when the value of a merge key is written. */
function mergePath(path: Path): Path | undefined {
  const depth = typeof path.at(-1) === "number" ? path.length - 2 : path.length - 1;
  return path[depth] === "<<" ? path.slice(0, depth) : undefined;
}

/** Anchors that the same list has already. */
function aliasesBeside({ containers }: CursorContext): Set<string> {
  const list = containers.at(-1);
  const items = list?.kind === "list" ? list.items : [];
  return new Set(items.flatMap(({ origin }) => (origin?.anchor ? [origin.anchor] : [])));
}

/** The nearest first: what was written last is what is most likely meant. */
function namesAbove(text: string, offset: number): string[] {
  const above = anchorsOf(text).filter(({ declaration }) => declaration && declaration.end <= offset);
  return [...new Set(above.map(({ name }) => name).reverse())];
}

function fits(node: Node, schema: Schema): boolean {
  return node.kind === "map" && [...node.entries.keys()].every((key) => memberSchema(schema, key));
}

function aliasCandidate(name: string, node: Node, isFitting: boolean): Candidate {
  const detail = node.kind === "map" ? [...node.entries.keys()].join(", ") : undefined;
  return { label: `*${name}`, kind: "name", insert: [`*${name}`], rank: isFitting ? 0 : 1, detail };
}

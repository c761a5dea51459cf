import type { Problem, Span } from "./problem";
import { numeraireOf, readQuantities } from "./quantities";
import { referenceFlaws } from "./references";
import { relationFlaws } from "./relations";
import { type Flaw, sitesOf } from "./sites";
import { structureFlaws } from "./structure";
import type { MapNode, Node } from "./tree";

export interface Checked {
  /** The file in base units; without what is invalid when there are problems. */
  readonly data: unknown;
  readonly problems: readonly Problem[];
}

/** Checks a file against the schema and its annotations, and converts it to base units. */
export function check(root: MapNode): Checked {
  const sites = sitesOf(root);
  const { values, flaws: unreadable } = readQuantities(sites);
  const data = dataOf(root, values);
  const unreadableNodes = new Set(unreadable.map((flaw) => flaw.site.node));
  const structure = structureFlaws(data, sites, numeraireOf(root), values).filter(
    (flaw) => !unreadableNodes.has(flaw.site.node),
  );
  const flaws = [...unreadable, ...structure, ...referenceFlaws(sites), ...relationFlaws(sites, values)];
  for (const flaw of flaws) for (const path of flaw.drops ?? []) remove(data, path);
  return { data, problems: distinct(flaws) };
}

/** Maps have no prototype: a market may be called `constructor`. */
function dataOf(node: Node, values: ReadonlyMap<Node, number>): unknown {
  if (node.kind === "list") return node.items.map((item) => dataOf(item, values));
  if (node.kind === "scalar")
    return (
      values.get(node) ??
      (typeof node.value === "number" ? node.value : node.value === null ? null : node.value)
    );
  const data: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.entries.values()) data[key] = dataOf(value, values);
  return data;
}

function remove(data: unknown, path: readonly (string | number)[]): void {
  let parent = data as Record<string | number, unknown> | undefined;
  for (const key of path.slice(0, -1)) parent = parent?.[key] as typeof parent;
  if (parent && typeof parent === "object") delete parent[path.at(-1)!];
}

/** A mistake in an anchored value is one problem: where it stands when it is checked there, else at its first use. */
function distinct(flaws: readonly Flaw[]): Problem[] {
  const kept = new Map<string, { problem: Problem; uses: Span[]; aliased: boolean }>();
  for (const { site, problem } of flaws) {
    const aliased = site.node.origin !== undefined;
    const written = site.node.origin?.span ?? problem.span;
    const id = `${problem.rule} ${written.start} ${problem.message}`;
    const earlier = kept.get(id);
    if (!earlier) kept.set(id, { problem, uses: [], aliased });
    else if (earlier.aliased && !aliased) kept.set(id, { problem, uses: [], aliased });
    else if (earlier.aliased && aliased) earlier.uses.push(problem.span);
  }
  return [...kept.values()].map(({ problem, uses }) => withUses(problem, uses));
}

function withUses(problem: Problem, uses: readonly Span[]): Problem {
  if (uses.length === 0) return problem;
  const related = uses.slice(0, 20).map((span) => ({ message: "Also used here.", span }));
  return { ...problem, related: [...(problem.related ?? []), ...related] };
}

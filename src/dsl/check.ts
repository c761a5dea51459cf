import { distinct } from "./distinct";
import type { Path, Problem, Span } from "./problem";
import { numeraireOf } from "./quantities";
import { referenceFlaws } from "./references";
import { relationFlaws } from "./relations";
import { rootSchema } from "./schema";
import { shifted } from "./shift";
import type { Steps } from "./steps";
import { structureFlaws } from "./structure";
import { offsetOf, type PlacedUnit, type Survey, survey } from "./survey";
import { child, type MapNode, type Node, type Origin, originNote } from "./tree";
import { settle, type UnitCheck } from "./unit-check";
import { type SchemaError, validate } from "./validate";
import { dropsOf, without } from "./without";

export interface Checked {
  /** The file in base units; without what is invalid when there are problems. */
  readonly data: unknown;
  readonly problems: readonly Problem[];
}

/** Checks a file against the schema and its annotations, and converts it to base units. Stops after each new unit. */
export function* check(root: MapNode): Steps<Checked> {
  const surveyed = yield* survey({ path: [], node: root, schema: rootSchema }, numeraireOf(root));
  const errors = validate(surveyed.data, surveyed.seen);
  yield;
  const structure = structureFlaws(surveyed, yield* settled(surveyed, errors));
  const flaws = [
    ...surveyed.flaws,
    ...structure,
    ...referenceFlaws(root, surveyed.parts),
    ...relationFlaws(surveyed.sites, surveyed.values),
  ];
  for (const unit of surveyed.units) replace(unit);
  const data = without(surveyed.data, dropsOf(flaws), surveyed.owned);
  return { data, problems: [...distinct(flaws), ...surveyed.units.flatMap(problemsOf)] };
}

/** Settles the units that are new with what the validator said of them. The rest of it is about what stands around units. */
function* settled({ units, sites }: Survey, errors: readonly SchemaError[]): Steps<readonly SchemaError[]> {
  const root = sites[0].node;
  const around = new Set(errors.length > 0 ? sites.map(({ node }) => node) : []);
  const fresh = new Map<UnitCheck, Node>();
  for (const { check, node } of units) if (!check.settled && !fresh.has(check)) fresh.set(check, node);
  const said = new Map<Node, SchemaError[]>();
  const own: SchemaError[] = [];
  for (const error of errors) {
    const { node, rest } = descend(root, error.path, around);
    if (around.has(node)) own.push(error);
    else said.set(node, [...(said.get(node) ?? []), { ...error, path: rest }]);
  }
  for (const [check, node] of fresh) {
    settle(check, said.get(node) ?? []);
    yield;
  }
  return own;
}

/** Follows a path to its end, or to the first node that is not one of these. */
function descend(root: Node, path: Path, among: ReadonlySet<Node>): { node: Node; rest: Path } {
  let node = root;
  for (let depth = 0; depth < path.length; depth++) {
    if (!among.has(node)) return { node, rest: path.slice(depth) };
    const next = child(node, path[depth]);
    if (!next) return { node, rest: [] };
    node = next;
  }
  return { node, rest: [] };
}

/** Puts what is valid of a unit in its place. */
function replace({ check, holder, key }: PlacedUnit): void {
  const { data } = check.settled!;
  if (data === check.raw) return;
  if (data === undefined) delete holder[key];
  else holder[key] = data;
}

function problemsOf(at: PlacedUnit): Problem[] {
  const { problems } = at.check.settled!;
  if (problems.length === 0) return [];
  const by = offsetOf(at);
  const { span, origin } = at.node;
  const placed = problems.map((problem) => shifted(problem, by));
  return origin?.base ? placed.map((problem) => shownAt(span, problem, origin)) : placed;
}

/** What a file makes wrong in its base is told in the file, and cannot be corrected there by an edit of the base. */
function shownAt(span: Span, problem: Problem, { base }: Origin): Problem {
  const related = originNote({ span, origin: { base, span: problem.span } });
  return { ...problem, span, related, fixes: undefined };
}

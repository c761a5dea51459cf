import * as l10n from "@vscode/l10n";
import { nounOf, SECTIONS } from "../../dsl/name-kinds";
import { expectedOf } from "../../dsl/quantities";
import { type Completed, type Expected, parseQuantity, withUnits } from "../../dsl/quantity";
import { inRange } from "../../dsl/range";
import { namesInScope } from "../../dsl/references";
import { branchOf, type Schema } from "../../dsl/schema";
import { type MapNode, textOf } from "../../dsl/tree";
import type { About, Candidate } from "./candidate";
import { unquoted } from "./line";
import { isOfBranch, keepsActive } from "./relations";
import { inQuotesOf } from "./scalars";
import type { Scene } from "./scene";

const RANK = { likely: 0, value: 1, fallback: 2 };

/** What a scalar may be: a value of an enumeration, a name, a default, or the number that is there with a unit. */
export function valueCandidates(scene: Scene): Candidate[] {
  const { schema } = scene.site;
  const all = listedValues(schema);
  const fitting = all.filter((value) => fits(scene, value));
  const listed = fitting.length > 0 ? fitting : all;
  const values = [
    ...listed.map((value) => valueCandidate(scene, value)),
    ...nameCandidates(scene),
    ...unitCandidates(scene),
  ];
  const fallback =
    schema.default === undefined || listed.includes(String(schema.default)) ? [] : [defaultOf(scene)];
  return [...values, ...fallback];
}

function listedValues(schema: Schema): string[] {
  if (schema.enum ?? schema.words) return [...(schema.enum ?? schema.words)!];
  if (schema.const !== undefined) return [String(schema.const)];
  return schema.type === "boolean" ? ["true", "false"] : [];
}

/** The map whose keys a value stands beside. */
function besides({ site }: Scene): MapNode | undefined {
  return site.parent?.node.kind === "map" ? site.parent.node : undefined;
}

/** Whether the other keys of the map still act, or are known at all, beside this value. */
function fits(scene: Scene, value: string): boolean {
  const map = besides(scene);
  const { site, root } = scene;
  if (!map || !site.parent) return true;
  const key = String(site.path.at(-1));
  const union = site.parent.schema;
  if (union.discriminator?.propertyName === key) {
    const branch = branchOf(union, () => value);
    return !branch || isOfBranch(branch, map);
  }
  return keepsActive(key, value, union, map, root);
}

function valueCandidate(scene: Scene, value: string): Candidate {
  const { schema } = scene.site;
  const isText = typeof schema.const !== "number" && schema.type !== "boolean";
  const insert = isText ? written(scene, value) : value;
  const about: About = { schema, value };
  const detail = String(schema.default) === value ? l10n.t("default") : undefined;
  return { label: value, kind: "value", insert: [insert], filter: insert, rank: RANK.value, detail, about };
}

function written({ context, text }: Scene, value: string): string {
  return inQuotesOf(text.slice(context.word.start, context.word.end), value, context.flow);
}

function nameCandidates(scene: Scene): Candidate[] {
  const { site, root } = scene;
  const { references } = site.schema;
  const scope = references === undefined ? undefined : namesInScope(root, references, site.path);
  if (!scope) return [];
  const taken = takenNames(scene);
  const names = [...scope.names.keys()].filter((name) => !taken.has(name) && fits(scene, name));
  return names.map((name) => {
    const insert = written(scene, name);
    const section = SECTIONS.get(references!);
    const about = section ? ({ name: [section, name] } as const) : undefined;
    return {
      label: name,
      kind: "name",
      insert: [insert],
      filter: insert,
      rank: RANK.likely,
      detail: nounOf(references!),
      about,
    };
  });
}

/** Names that the same list has already, and the name whose own value this is. */
function takenNames({ site }: Scene): Set<string> {
  const list = site.parent?.node;
  const beside = list?.kind === "list" ? list.items.map(textOf) : [];
  const [section, owner] = site.path;
  const isOwn = section === SECTIONS.get(site.schema.references!) && site.path.length > 2;
  return new Set([...beside, isOwn ? String(owner) : undefined].filter((name) => name !== undefined));
}

/**
 * What a number that is being typed can become where its dimension has units: first itself, where it says enough, so that
 * who wants no unit accepts what is there.
 */
export function numberCandidates(scene: Scene): Candidate[] {
  const { word, expected } = quantityAt(scene);
  if (!expected || withUnits(word, { dimension: expected.dimension }).length === 0) return [];
  const asItIs = { text: word, typed: word };
  return [
    ...(isValid(word, scene, expected) ? [unitCandidate(scene, asItIs, expected)] : []),
    ...unitCandidates(scene),
  ];
}

function unitCandidates(scene: Scene): Candidate[] {
  const { word, expected } = quantityAt(scene);
  if (!expected) return [];
  return withUnits(word, expected)
    .filter(({ text: completed }) => isValid(completed, scene, expected))
    .map((completed) => unitCandidate(scene, completed, expected));
}

function quantityAt({ site, context, text, numeraire }: Scene) {
  const word = unquoted(text.slice(context.word.start, context.word.end));
  return { word, expected: expectedOf(site, numeraire) };
}

function unitCandidate({ site, context, text }: Scene, completed: Completed, expected: Expected): Candidate {
  const quote = /^["']/.exec(text.slice(context.word.start))?.[0] ?? "";
  return {
    label: completed.text,
    kind: "unit",
    insert: [quote + completed.text + quote],
    filter: quote + completed.typed,
    rank: RANK.likely,
    about: { schema: site.schema, quantity: expected },
  };
}

function isValid(text: string, { site }: Scene, expected: Expected): boolean {
  const reading = parseQuantity(text, expected);
  if (!("value" in reading) || !inRange(site.schema, reading.value)) return false;
  return !site.schema.integer || Number.isSafeInteger(reading.value);
}

function defaultOf(scene: Scene): Candidate {
  const { schema } = scene.site;
  const value = String(schema.default);
  return {
    label: value,
    kind: "value",
    insert: [value],
    rank: RANK.fallback,
    detail: l10n.t("default"),
    about: { schema, value },
  };
}

import * as l10n from "@vscode/l10n";
import { expectedOf } from "../../dsl/quantities";
import { namesInScope } from "../../dsl/references";
import { childSchema, type Schema } from "../../dsl/schema";
import { tagSchema } from "../../dsl/schema-info";
import { titleOf } from "../../dsl/schema-text";
import type { Site } from "../../dsl/sites";
import type { MapNode, Origin } from "../../dsl/tree";
import { isPath } from "../file-uri";
import { type Candidate, CURSOR, type Piece } from "./candidate";
import { excludedKeys, isActive, isOfBranch } from "./relations";
import { plainOrQuoted } from "./scalars";
import { ABSENT, branchesOf, type Scene } from "./scene";

/** A map that a key is to be written in. */
export interface KeyPlace {
  readonly scene: Scene;
  readonly site: Site;
  readonly map: MapNode;
  readonly flow: boolean;
  /** Of the key, in block style. */
  readonly column: number;
  readonly hasColon: boolean;
  readonly after: string;
}

const RANK = { required: 0, optional: 1, idle: 2, merged: 3 };

/** The keys a map may still get: required ones first, those that do nothing yet or that a merge brings last. */
export function keyCandidates(place: KeyPlace): Candidate[] {
  return [...namedKeys(place), ...nameKeys(place)];
}

function namedKeys(place: KeyPlace): Candidate[] {
  const { site, map, scene } = place;
  const excluded = excludedKeys(site.schema, map);
  const required = requiredKeys(site.schema, map);
  const candidates: Candidate[] = [];
  for (const [key, schema] of memberKeys(site.schema, map)) {
    const merged = map.entries.get(key)?.value.origin;
    if (map.entries.has(key) && !merged) continue;
    if (excluded.has(key) || !isActive(schema, site.schema, map, scene.root)) continue;
    const missing = schema.with !== undefined && !map.entries.has(schema.with) ? schema.with : undefined;
    const isIdle = missing !== undefined;
    if (isIdle && !isActive(childSchema(site.schema, missing) ?? {}, site.schema, map, scene.root)) continue;
    const note = merged ? mergeNote(merged) : required.get(key);
    const rank = merged ? RANK.merged : note ? RANK.required : isIdle ? RANK.idle : RANK.optional;
    candidates.push(keyCandidate(place, key, schema, rank, note));
  }
  return candidates;
}

/** Of a union whose branch is not known yet: its tag, and the keys that all branches have which it still can be. */
function memberKeys(schema: Schema, map: MapNode): [string, Schema][] {
  const branches = branchesOf(schema);
  const possible = branches.filter((branch) => isOfBranch(branch, map));
  const [first = schema, ...others] = possible.length > 0 ? possible : branches;
  const keys = Object.keys(first.properties ?? {}).filter((key) =>
    others.every((branch) => childSchema(branch, key) !== undefined),
  );
  return keys.map((key) => [key, (tagSchema(schema, key) ?? childSchema(first, key))!]);
}

/** Required keys, and those of which one is required as long as none is there, by the word for it. */
function requiredKeys(schema: Schema, map: MapNode): Map<string, string> {
  const open = (schema.requiresOneOf ?? []).filter((group) => !group.some((key) => map.entries.has(key)));
  return new Map([
    ...open.flat().map((key) => [key, l10n.t("one of them is required")] as const),
    ...(schema.required ?? []).map((key) => [key, l10n.t("required")] as const),
  ]);
}

function keyCandidate(place: KeyPlace, key: string, schema: Schema, rank: number, note?: string): Candidate {
  const { site, scene } = place;
  const child: Site = {
    path: [...site.path, key],
    node: ABSENT,
    schema,
    parent: { ...site, node: place.map },
  };
  return {
    label: key,
    kind: "key",
    insert: withValue(place, key, schema),
    rank,
    detail: [titleOf(schema), note].filter(Boolean).join(" · "),
    about: { schema, quantity: expectedOf(child, scene.numeraire) },
    goesOn: !place.hasColon && schema.const === undefined && hasOffers(schema),
  };
}

/** Names that keys of the map refer to: the assets of a shock. */
function nameKeys(place: KeyPlace): Candidate[] {
  const { site, map, scene } = place;
  const { keys } = site.schema;
  const value = childSchema(site.schema, "");
  const scope = keys === undefined ? undefined : namesInScope(scene.root, keys, site.path);
  if (!scope || !value) return [];
  return [...scope.names.keys()].flatMap((name) => {
    const entry = map.entries.get(name);
    if (entry && !entry.value.origin) return [];
    const insert = withValue(place, plainOrQuoted(name, place.flow), value);
    const rank = entry ? RANK.merged : RANK.required;
    return { label: name, kind: "name", insert, rank, goesOn: !place.hasColon && hasOffers(value) } as const;
  });
}

/** A key with its colon and the beginning of a value of its type. */
function withValue({ flow, column, hasColon, after }: KeyPlace, key: string, schema: Schema): Piece[] {
  if (hasColon) return [key];
  const below = `\n${" ".repeat(column + 2)}`;
  if (schema.const !== undefined) return [`${key}: ${schema.const}${after}`];
  if (isMap(schema)) return flow ? [`${key}: { `, CURSOR, ` }${after}`] : [`${key}:${below}`, CURSOR];
  if (schema.type !== "array") return [`${key}: `, CURSOR, after];
  const isBlock = !flow && typeof schema.items === "object" && isMap(childSchema(schema, 0)!);
  return isBlock ? [`${key}:${below}- `, CURSOR] : [`${key}: [`, CURSOR, `]${after}`];
}

function mergeNote({ anchor, base }: Origin): string {
  return base ? l10n.t("in {0}", base.name) : l10n.t("merged from &{0}", anchor!);
}

export function isMap(schema: Schema): boolean {
  return schema.type === "object";
}

/** Whether a value of this kind can be completed before anything of it is typed. */
function hasOffers(schema: Schema): boolean {
  const { type, references, format } = schema;
  const isCollection = isMap(schema) || type === "array";
  return (
    isCollection ||
    references !== undefined ||
    schema.enum !== undefined ||
    schema.words !== undefined ||
    type === "boolean" ||
    isPath(format)
  );
}

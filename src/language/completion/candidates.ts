import type { MapNode } from "../../dsl/tree";
import { contentBlocks, entryBlocks, inlineBlocks, itemBlocks } from "./blocks";
import type { Candidate } from "./candidate";
import { isMap, type KeyPlace, keyCandidates } from "./keys";
import type { Scene } from "./scene";
import { valueCandidates } from "./values";

/** Everything that can be accepted at a cursor, each label once. */
export function candidatesOf(scene: Scene): Candidate[] {
  const { context, site } = scene;
  if (context.at === "key") return once(inMap(keyPlace(scene)));
  if (isMap(site.schema)) return once(context.opens ? inMap(newMap(scene)) : inlineBlocks(scene));
  if (site.schema.type === "array") return once(context.opens ? itemBlocks(scene) : inlineBlocks(scene));
  return once(valueCandidates(scene));
}

function inMap(place: KeyPlace): Candidate[] {
  return [...contentBlocks(place), ...keyCandidates(place), ...entryBlocks(place)];
}

function keyPlace(scene: Scene): KeyPlace {
  const { context, site } = scene;
  const { flow, column, hasColon, after } = context;
  return { scene, site, map: site.node as MapNode, flow, column, hasColon, after };
}

/** A map whose first key is written here. */
function newMap(scene: Scene): KeyPlace {
  const { context, site } = scene;
  const span = context.word;
  const entries = site.node.kind === "map" ? site.node.entries : new Map();
  const map: MapNode = { kind: "map", entries, block: true, span };
  return { scene, site, map, flow: false, column: context.column, hasColon: false, after: "" };
}

function once(candidates: readonly Candidate[]): Candidate[] {
  const byLabel = new Map<string, Candidate>();
  for (const candidate of candidates)
    if (!byLabel.has(candidate.label)) byLabel.set(candidate.label, candidate);
  return [...byLabel.values()];
}

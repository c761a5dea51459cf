import type { Base } from "../../dsl/base";
import { extendedPath, overlaid, overlaidMap } from "../../dsl/overlay";
import type { Path } from "../../dsl/problem";
import { numeraireOf } from "../../dsl/quantities";
import { childSchema, resolved, rootSchema, type Schema } from "../../dsl/schema";
import { tagSchema } from "../../dsl/schema-info";
import { type Site, schemaFor } from "../../dsl/sites";
import { child, type MapNode, type Node } from "../../dsl/tree";
import { type CursorContext, cursorContext } from "./cursor-context";
import { rootNode } from "./nodes";

/** A cursor, and what the schema says of where it stands. */
export interface Scene {
  readonly context: CursorContext;
  readonly text: string;
  /** The whole file, the half-typed word included: where names are declared. */
  readonly root: Node;
  readonly numeraire: string;
  /** The map that a key is written in, or the value that is written. */
  readonly site: Site;
}

export const ABSENT: Node = {
  kind: "scalar",
  value: null,
  text: "",
  quoted: false,
  span: { start: 0, end: 0 },
};

/** A map of a base of which nothing is written yet. */
const EMPTY: MapNode = { kind: "map", entries: new Map(), block: true, span: ABSENT.span };

/** Undefined where nothing can be completed, or nothing is known. */
export function sceneAt(text: string, offset: number): Scene | undefined {
  const context = cursorContext(text, offset);
  return context && sceneOf(text, context);
}

/**
 * The same of a cursor that was read already.
 * @param base the file that the text extends
 */
export function sceneOf(text: string, context: CursorContext, base?: Base): Scene | undefined {
  const written = rootNode(text);
  const below = base?.source && extendedPath(written) === base.path ? base : undefined;
  const site = siteAt(context, context.path, below);
  if (!site) return undefined;
  const root = below && written.kind === "map" ? overlaid(written, below) : written;
  return { context, text, root, numeraire: numeraireOf(root), site };
}

/** What stands at a path around a cursor; undefined where the schema knows nothing. */
export function siteAt({ containers }: CursorContext, path: Path, base?: Base): Site | undefined {
  let below = base?.source?.root;
  const nodeIn = (written: Node | undefined, declared: Schema): Node => {
    const own = written ?? (below?.kind === "map" ? EMPTY : ABSENT);
    return own.kind === "map" && base ? overlaidMap(own, below, declared, base) : own;
  };
  let site: Site = { path: [], node: nodeIn(containers[0], rootSchema), schema: rootSchema };
  for (const [depth, step] of path.entries()) {
    const declared = memberSchema(site.schema, step);
    if (!declared) return undefined;
    below = child(below, step);
    const node = nodeIn(containers[depth + 1], declared);
    site = { path: [...site.path, step], node, schema: schemaFor(declared, node), parent: site };
  }
  return site;
}

/** Also of a union whose branch is not known yet: its tag, or the first branch that has the key. */
export function memberSchema(schema: Schema, key: string | number): Schema | undefined {
  const known = tagSchema(schema, key) ?? childSchema(schema, key);
  return (
    known ??
    branchesOf(schema)
      .map((branch) => childSchema(branch, key))
      .find(Boolean)
  );
}

export function branchesOf(schema: Schema): Schema[] {
  return (schema.oneOf ?? []).map(resolved);
}

import { compose, type Layout } from "./compose";
import { numeraireOf } from "./quantities";
import { childSchema, rootSchema, type Schema } from "./schema";
import { schemaFor } from "./sites";
import type { Node } from "./tree";
import { checkOf } from "./unit-check";

/** So few blocks are read in no time. */
const FEW = 200;

/**
 * Reads and checks the blocks of a text, and stops after each. At the end, `parse` has only to join them.
 * @param layout of the text; what is read of it stays in it
 */
export function* readAhead(text: string, layout: Layout): Generator<void> {
  if (!layout.root) return;
  const unknown = layout.cut!.pieces.filter(({ block }) => !block.isKnown);
  if (unknown.length < FEW) return;
  for (const { block } of unknown) {
    block.read();
    yield;
  }
  const { root } = compose(text, layout);
  if (root) yield* checkAhead(root, rootSchema, numeraireOf(root));
}

function* checkAhead(node: Node, schema: Schema, numeraire: string): Generator<void> {
  for (const [key, child] of childrenOf(node)) {
    const declared = childSchema(schema, key);
    if (child.kind === "scalar") continue;
    if (child.unit) {
      checkOf(child.unit, declared, numeraire);
      yield;
    } else if (declared) yield* checkAhead(child, schemaFor(declared, child), numeraire);
  }
}

function childrenOf(node: Node): Iterable<[string | number, Node]> {
  if (node.kind === "list") return node.items.entries();
  return node.kind === "map" ? Array.from(node.entries.values(), ({ key, value }) => [key, value]) : [];
}

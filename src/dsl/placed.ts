import type { Span } from "./problem";
import { moved } from "./shift";
import type { Entry, ListNode, MapNode, Node } from "./tree";
import type { Unit } from "./unit";

/**
 * A node that was read at offset 0, seen where it stands in the file. Its parts are moved when somebody asks for them:
 * after an edit nearly all have only moved, and nearly none are asked for.
 */
export function placed(node: Node, by: number, unit?: Unit): Node {
  if (node.kind === "scalar") return { ...node, span: moved(node.span, by) };
  return node.kind === "map" ? new PlacedMap(node, by, unit) : new PlacedList(node, by, unit);
}

export function placedEntry(entry: Entry, by: number, unit?: Unit): Entry {
  return { ...entry, keySpan: moved(entry.keySpan, by), value: placed(entry.value, by, unit) };
}

class PlacedMap implements MapNode {
  readonly kind = "map";
  private moved?: ReadonlyMap<string, Entry>;

  constructor(
    private readonly node: MapNode,
    private readonly by: number,
    readonly unit?: Unit,
  ) {}

  get block(): boolean {
    return this.node.block;
  }

  get span(): Span {
    return moved(this.node.span, this.by);
  }

  get entries(): ReadonlyMap<string, Entry> {
    this.moved ??= new Map(
      Array.from(this.node.entries.values(), (entry) => [entry.key, placedEntry(entry, this.by)]),
    );
    return this.moved;
  }
}

class PlacedList implements ListNode {
  readonly kind = "list";
  private moved?: readonly Node[];

  constructor(
    private readonly node: ListNode,
    private readonly by: number,
    readonly unit?: Unit,
  ) {}

  get block(): boolean {
    return this.node.block;
  }

  get span(): Span {
    return moved(this.node.span, this.by);
  }

  get items(): readonly Node[] {
    this.moved ??= this.node.items.map((item) => placed(item, this.by));
    return this.moved;
  }
}

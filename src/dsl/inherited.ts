import { type Base, pathBeside } from "./base";
import type { Span } from "./problem";
import type { Entry, ListNode, MapNode, Node, Origin, ScalarNode } from "./tree";
import type { Unit } from "./unit";

/** Where a value of a base is shown: `span`, the nearest key that is written in the file that extends it. */
interface Inheritance {
  readonly base: Base;
  readonly span: Span;
}

/** An entry of a base as a part of the file that extends it. Like a merged one, it is written nowhere in that file. */
export function inheritedEntry({ key, value }: Entry, to: Inheritance): Entry {
  const isFile = key === "file" && value.kind === "scalar";
  return { key, keySpan: to.span, value: isFile ? movedPath(value, to) : inherited(value, to) };
}

/** A value of a base as a part of the file that extends it. Its parts are made when somebody asks for them. */
export function inherited(node: Node, to: Inheritance): Node {
  if (node.kind === "scalar") return { ...node, span: to.span, origin: originIn(to.base, node) };
  return node.kind === "map" ? new InheritedMap(node, to) : new InheritedList(node, to);
}

export function originIn(base: Base, { span, origin }: Node): Origin {
  if (origin?.base) return origin;
  return { base, span: origin?.span ?? span };
}

/** Paths are from the folder of the file they are written in. */
function movedPath(node: ScalarNode, to: Inheritance): Node {
  const path = typeof node.value === "string" ? pathBeside(to.base.path, node.value) : node.value;
  return { ...inherited(node, to), value: path, text: String(path ?? "") } as ScalarNode;
}

/** What is known of a value holds in the extending file too, but for the paths in it. */
function unitIn({ path }: Base, unit: Unit | undefined): Unit | undefined {
  return path.includes("/") ? undefined : unit;
}

class InheritedMap implements MapNode {
  readonly kind = "map";
  private own?: ReadonlyMap<string, Entry>;

  constructor(
    private readonly node: MapNode,
    private readonly to: Inheritance,
  ) {}

  get block(): boolean {
    return this.node.block;
  }

  get span(): Span {
    return this.to.span;
  }

  get origin(): Origin {
    return originIn(this.to.base, this.node);
  }

  get unit(): Unit | undefined {
    return unitIn(this.to.base, this.node.unit);
  }

  get entries(): ReadonlyMap<string, Entry> {
    this.own ??= new Map(
      Array.from(this.node.entries.values(), (entry) => [entry.key, inheritedEntry(entry, this.to)]),
    );
    return this.own;
  }
}

class InheritedList implements ListNode {
  readonly kind = "list";
  private own?: readonly Node[];

  constructor(
    private readonly node: ListNode,
    private readonly to: Inheritance,
  ) {}

  get block(): boolean {
    return this.node.block;
  }

  get span(): Span {
    return this.to.span;
  }

  get origin(): Origin {
    return originIn(this.to.base, this.node);
  }

  get unit(): Unit | undefined {
    return unitIn(this.to.base, this.node.unit);
  }

  get items(): readonly Node[] {
    this.own ??= this.node.items.map((item) => inherited(item, this.to));
    return this.own;
  }
}

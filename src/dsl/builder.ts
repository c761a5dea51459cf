import type { Chunk, YamlNode } from "./chunk";
import type { Problem, Span } from "./problem";

/** A chunk, and where it starts in the file. */
export interface Lines {
  readonly chunk: Chunk;
  readonly offset: number;
}

export interface Builder {
  readonly anchors: Map<string, { readonly node: NonNullable<YamlNode>; readonly lines: Lines }>;
  /** Anchors whose value is being read: an alias to one would contain itself. */
  readonly open: Set<string>;
  readonly problems: Problem[];
  aliased: number;
  /** True once the file was refused for its aliases. */
  refused: boolean;
}

/** Where nodes are being read, and the alias through which that was reached. */
export interface Context {
  readonly lines: Lines;
  readonly use?: Use;
}

export interface Use {
  readonly span: Span;
  readonly anchor: string;
}

export function newBuilder(): Builder {
  return { anchors: new Map(), open: new Set(), problems: [], aliased: 0, refused: false };
}

interface Ranged {
  readonly range?: readonly number[] | null;
}

export function spanOf(node: Ranged, { offset }: Lines): Span {
  return { start: offset + (node.range?.[0] ?? 0), end: offset + (node.range?.[1] ?? 0) };
}

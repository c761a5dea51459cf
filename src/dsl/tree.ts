import * as l10n from "@vscode/l10n";
import type { Base } from "./base";
import type { Path, Related, Span } from "./problem";
import type { Unit } from "./unit";

/** A risk file's YAML with aliases and merge keys resolved; every node knows where to report a problem. */
export type Node = MapNode | ListNode | ScalarNode;

export interface Located {
  /**
   * Where a problem with this node is shown: the alias when it was reached through one; for what is inherited from a
   * base, the nearest key that is written.
   */
  readonly span: Span;
  readonly origin?: Origin;
}

/** Where the text of a node stands that is aliased, or inherited from a base. */
export interface Origin {
  /** Of what is aliased. */
  readonly anchor?: string;
  /** The file that the text stands in, and the span counts in; absent for the file itself. */
  readonly base?: Base;
  readonly span: Span;
}

export interface ScalarNode extends Located {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** What was written, without quotes. */
  readonly text: string;
  readonly quoted: boolean;
  /** True when a problem was already reported for this node and nothing more can be said of it. */
  readonly broken?: boolean;
}

/** A value that holds others. */
interface Collection extends Located {
  /** True when it is written over several lines by indentation. */
  readonly block: boolean;
  /** What is known of it wherever it stands, when it is a value of a block that was read on its own. */
  readonly unit?: Unit;
}

export interface MapNode extends Collection {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface ListNode extends Collection {
  readonly kind: "list";
  readonly items: readonly Node[];
}

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node;
  /** The merged value, or the one of a base, that this entry replaces. */
  readonly overrides?: Origin;
}

export function child(node: Node | undefined, key: string | number): Node | undefined {
  if (node?.kind === "map") return node.entries.get(String(key))?.value;
  if (node?.kind === "list") return node.items[Number(key)];
  return undefined;
}

export function nodeAt(root: Node | undefined, path: Path): Node | undefined {
  return path.reduce<Node | undefined>(child, root);
}

export function entryAt(root: Node | undefined, path: Path): Entry | undefined {
  const parent = nodeAt(root, path.slice(0, -1));
  return parent?.kind === "map" ? parent.entries.get(String(path.at(-1))) : undefined;
}

/** Whether an entry came in with `<<`, or from a base: what is written here of it is the alias, or nothing. */
export function isMerged({ keySpan, value }: Entry): boolean {
  return value.origin !== undefined && keySpan.start === value.span.start;
}

/** The text of a scalar child, when there is one. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && !node.broken && node.value !== null ? node.text : undefined;
}

export function originNote({ origin }: Located): Related[] {
  if (!origin) return [];
  const { anchor, base, span } = origin;
  return base
    ? [{ message: l10n.t("Written here, in {0}.", base.name), span, base }]
    : [{ message: l10n.t("Written here, as &{0}.", anchor!), span }];
}

/** What an entry replaces. */
export function overridesNote({ anchor, base, span }: Origin): Related {
  return base
    ? { message: l10n.t("Replaces this value of {0}.", base.name), span, base }
    : { message: l10n.t("Replaces this value, merged from &{0}.", anchor!), span };
}

/** Whether nothing can be read where a value stands, which was told there. */
export function isBroken(node: Node): boolean {
  return node.kind === "scalar" && node.broken === true;
}

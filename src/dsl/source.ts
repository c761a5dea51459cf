import type { RiskFile } from "../generated/risk-file";
import type { Base } from "./base";
import type { Layout } from "./compose";
import type { TextPlace } from "./positions";
import type { Path, Place, Problem, Span } from "./problem";
import type { Suppression } from "./suppress";
import type { Node } from "./tree";

/** A risk file as far as it can be read: any part may be absent. List items that cannot be read are holes. */
export type Draft = DeepPartial<RiskFile>;

export type DeepPartial<T> = T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;

/** One version of a risk file's text, and all that is known of it without running anything. */
export interface Source {
  readonly text: string;
  readonly problems: readonly Problem[];
  /** Quantities in base units; only when no problem is an error. */
  readonly file?: RiskFile;
  /** What is valid of the file, in base units; undefined when the text is no YAML map. */
  readonly draft?: Draft;
  /** Whether the text is one YAML map throughout. Of broken YAML a part is read at most: what seems missing may be there. */
  readonly isWhole: boolean;
  /** The path of the file that this one extends. */
  readonly extends?: string;
  /** The file that it extends, when that was found as it is named. Without its source nothing but syntax is checked. */
  readonly base?: Base;
  /** The tree that places are looked up in: over that of the base, when there is one. */
  readonly root?: Node;
  /** What comments silence. */
  readonly suppressions: readonly Suppression[];
  /** How the text was taken apart: the next version is read with its blocks. */
  readonly layout?: Layout;
  /** Where to show something about a parameter; its nearest existing ancestor when it is not written. */
  spanOf(place: Place): Span;
  /** A value as it was written, with its quotes. */
  written(path: Path): string | undefined;
  /** The parameter at an offset, by its key or its value. */
  pathAt(offset: number): TextPlace | undefined;
}

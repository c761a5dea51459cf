import type { RiskFile } from "../../../src/dsl/parse";
import type { Path } from "../../../src/dsl/problem";
import type { Schema } from "../../../src/dsl/schema";
import type { Dice } from "./dice";
import type { Range } from "./scalars";

/** What the value at a place has to be beyond its schema, so that the file as a whole makes sense. */
export interface Wish {
  readonly exactly?: unknown;
  readonly among?: readonly unknown[];
  /** In base units. */
  readonly range?: Range;
  /** Number of the items or entries. */
  readonly count?: number;
  /** Names of the entries. */
  readonly names?: readonly string[];
  /** Keys that this map has, with those they need, and keys that it has not. */
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
}

/** Where a value is made. What stands before it in the order of the schema is made already. */
export interface Place {
  readonly path: Path;
  readonly schema: Schema;
  readonly file: RiskFile;
  // biome-ignore lint/suspicious/noExplicitAny: the keys so far of the nearest map, whichever it is
  readonly siblings: any;
  readonly dice: Dice;
}

export interface Relation {
  /** `*` is any key, `a|b` one of two. */
  readonly at: string;
  readonly because: string;
  /** Whether the key is there; undefined where that does not matter. */
  readonly isThere?: (place: Place) => boolean | undefined;
  readonly wish?: (place: Place) => Wish;
}

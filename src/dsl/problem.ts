import type { Base } from "./base";
import type { Origin } from "./tree";

/** A half-open range of UTF-16 offsets into the text of a risk file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A parameter's address in a risk file: map keys and list indices from the root. */
export type Path = readonly (string | number)[];

export type Severity = "error" | "warning" | "information" | "hint";

export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A certain repair: applying the edits removes the problem. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface Related {
  readonly message: string;
  readonly span: Span;
  /** The file that the span counts in, when it is not the one with the problem. */
  readonly base?: Base;
}

/** Something wrong at a place in the text of one version of a risk file. */
export interface Problem {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly related?: readonly Related[];
  /** Where the value stands that it is about, when that is inherited from a base. */
  readonly inherited?: Origin;
  readonly unnecessary?: boolean;
  readonly fixes?: readonly Fix[];
}

/** A place that survives edits: the key or the value at a path. */
export interface Place {
  readonly path: Path;
  readonly at?: "key" | "value";
}

export interface Replacement {
  readonly path: Path;
  readonly value: string;
}

/**
 * Something wrong with a parameter, found by a static rule or by a simulation.
 * It names the parameter by path, never by span, so that it can be shown on a newer version of the text.
 */
export interface Finding extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related?: readonly (Place & { readonly message: string })[];
  /** Replaces the value at the path, or values at paths of its own. */
  readonly fix?: { readonly title: string } & (
    | { readonly value: string }
    | { readonly values: readonly Replacement[] }
  );
  /** The numbers that witness it, by name, in base units. */
  readonly witness?: Readonly<Record<string, number>>;
}

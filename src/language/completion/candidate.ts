import type { Path, Span } from "../../dsl/problem";
import type { Expected } from "../../dsl/quantity";
import type { Schema } from "../../dsl/schema";

/** Something that can be accepted at the cursor, in no editor's terms yet. */
export interface Candidate {
  readonly label: string;
  readonly kind: CandidateKind;
  readonly insert: readonly Piece[];
  /** What the typed word is compared with, when it is not the label. */
  readonly filter?: string;
  /** The lowest are shown first; equal ones in the order they are given. */
  readonly rank: number;
  readonly detail?: string;
  readonly about?: About;
  /** Whether what follows can be completed too. */
  readonly goesOn?: boolean;
}

export type CandidateKind = "key" | "value" | "name" | "unit" | "block" | "file" | "folder" | "rule";

/** Text to insert: fixed, an example to type over or to choose from, or where the cursor comes to stand. */
export type Piece =
  | string
  | { readonly example: string; readonly choices?: readonly string[] }
  | typeof CURSOR;

export const CURSOR = Symbol("cursor");

/** Candidates with where they go: the word they replace, and what is missing around it. */
export interface Offer {
  readonly word: Span;
  readonly before: string;
  readonly after: string;
  readonly candidates: readonly Candidate[];
}

/** What the documentation of a candidate is made of when somebody looks at it. */
export type About =
  | { readonly schema: Schema; readonly quantity?: Expected; readonly value?: string }
  | { readonly name: Path }
  | { readonly rule: string };

/** What is inserted where nothing can be typed over. */
export function textOfPieces(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => (piece === CURSOR ? "" : typeof piece === "string" ? piece : piece.example))
    .join("");
}

/** Client to server, request: the scenarios and limits of a risk file. Result: an `Outline`. */
export const OUTLINE = "plimsoll/outline";

export interface OutlineParams {
  readonly uri: string;
  /** As the client has it; counts only while the file is not open in the server. */
  readonly text: string;
}

/** What is run and judged in a risk file, in the order of its text, as far as it can be read. */
export interface Outline {
  readonly scenarios: readonly ScenarioItem[];
  readonly limits: readonly LimitItem[];
}

export interface ScenarioItem {
  readonly name: string;
  readonly range: TextRange;
}

export interface LimitItem {
  /** Position in the file's list. */
  readonly index: number;
  /** What it bounds, without its scenario: `99% expected shortfall of bad debt (core)`. */
  readonly title: string;
  /** `at most 5M USD`, as it is written. */
  readonly bound: string;
  /** Name of its scenario, whether or not the file has it. */
  readonly scenario?: string;
  readonly range: TextRange;
}

/** Lines and characters from 0, characters in UTF-16 code units, as in LSP. */
export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

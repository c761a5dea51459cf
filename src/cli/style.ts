import type { Severity } from "../dsl/problem";

/** Marks text for a terminal; where there is none, leaves it as it is. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
  readonly verdict: (verdict: "pass" | "fail" | "undecided", text: string) => string;
}

type Paint = (text: string) => string;

const plain: Paint = (text) => text;
const sgr =
  (code: number): Paint =>
  (text) =>
    `\x1b[${code}m${text}\x1b[0m`;

const red = 31;
const green = 32;
const yellow = 33;
const cyan = 36;

const severityColour = { error: red, warning: yellow, information: cyan, hint: cyan } as const;
const verdictColour = { pass: green, fail: red, undecided: yellow } as const;

/** @param coloured false: escape codes appear nowhere */
export function styleOf(coloured: boolean): Style {
  const paint = (code: number) => (coloured ? sgr(code) : plain);
  return {
    bold: paint(1),
    dim: paint(2),
    severity: (severity, text) => paint(severityColour[severity])(text),
    verdict: (verdict, text) => paint(verdictColour[verdict])(text),
  };
}

/** Colours are for terminals, and only where they were not declined (https://no-color.org). */
export function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
}

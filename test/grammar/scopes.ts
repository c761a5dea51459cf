/** What comments below a line say of the scopes of its characters. */
export interface Assertion {
  /** Of the assertion itself, from 1. */
  readonly number: number;
  readonly from: number;
  readonly to: number;
  /** In this order, the innermost last. */
  readonly scopes: readonly string[];
  readonly absent: readonly string[];
}

export interface Line {
  readonly text: string;
  readonly assertions: readonly Assertion[];
}

const CARETS = /^#( *)(\^+)(?: (.*))?$/;
const FROM_START = /^# <(-+)(?: (.*))?$/;

/**
 * A file of the grammar's tests: carets in a comment stand under characters and are followed by the scopes these have,
 * then, after ` - `, by those they do not have. An arrow stands for as many characters at the line's start as it has
 * dashes. The comments are no part of the text.
 */
export function linesOf(file: string): Line[] {
  const lines: { text: string; assertions: Assertion[] }[] = [];
  for (const [index, text] of file.trimEnd().split("\n").entries()) {
    const assertion = assertionOf(text, index + 1);
    if (assertion) lines.at(-1)!.assertions.push(assertion);
    else lines.push({ text, assertions: [] });
  }
  return lines;
}

function assertionOf(line: string, number: number): Assertion | undefined {
  const carets = CARETS.exec(line);
  const arrow = FROM_START.exec(line);
  const words = (carets ? carets[3] : arrow?.[2]) ?? "";
  const [present, absent = ""] = ` ${words}`.split(" - ");
  const scopes = {
    scopes: present.trim().split(/ +/).filter(Boolean),
    absent: absent.split(/ +/).filter(Boolean),
  };
  if (carets) {
    const from = 1 + carets[1].length;
    return { number, from, to: from + carets[2].length, ...scopes };
  }
  return arrow ? { number, from: 0, to: arrow[1].length, ...scopes } : undefined;
}

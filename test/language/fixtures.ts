import { TextDocument } from "vscode-languageserver-textdocument";
import { parse, type Source } from "../../src/dsl/parse";

export interface Opened {
  readonly document: TextDocument;
  readonly source: Source;
  /** Where the `|` stood in the text. */
  readonly offset: number;
}

/** Opens a risk file; a `|` in the text marks the cursor and is no part of it. */
export function openText(marked: string): Opened {
  const offset = Math.max(0, marked.indexOf("|"));
  const text = marked.replace("|", "");
  const document = TextDocument.create("file:///risk/a.risk.yaml", "plimsoll", 3, text);
  return { document, source: parse(text), offset };
}

/** A market of one reserve, with room for a mistake or a cursor. */
export function marketWith(reserve: string): string {
  return [
    "plimsoll: 1",
    "assets:",
    "  WETH: { price: 3200, volatility: 72% }",
    "oracles:",
    "  eth-usd: { of: WETH }",
    "markets:",
    "  core:",
    "    kind: lending",
    "    rules: aave-v3.3",
    "    reserves:",
    `      WETH: { oracle: eth-usd, ${reserve} }`,
    "",
  ].join("\n");
}

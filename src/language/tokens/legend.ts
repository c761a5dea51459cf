import type { SemanticTokensLegend } from "vscode-languageserver";

/** Token types of names by the kind the schema gives them, out of those every editor knows. A reserve is an asset in a market. */
const NAME_TYPES = {
  asset: "class",
  book: "struct",
  emode: "enum",
  liquidator: "parameter",
  market: "namespace",
  oracle: "function",
  reserve: "class",
  scenario: "event",
  vault: "type",
  venue: "interface",
} as const;

const OTHER_NAME = "variable";

const OTHER_TYPES = ["property", "enumMember", "number", "keyword", "macro", "decorator"] as const;

export type TokenType =
  | (typeof NAME_TYPES)[keyof typeof NAME_TYPES]
  | typeof OTHER_NAME
  | (typeof OTHER_TYPES)[number];

/** A name where it is declared, or where it is used. */
export type TokenModifier = "declaration" | "reference";

export const tokenTypes: readonly TokenType[] = [
  ...new Set<TokenType>([...Object.values(NAME_TYPES), OTHER_NAME, ...OTHER_TYPES]),
];

export const tokenModifiers: readonly TokenModifier[] = ["declaration", "reference"];

export const legend: SemanticTokensLegend = {
  tokenTypes: [...tokenTypes],
  tokenModifiers: [...tokenModifiers],
};

export function nameType(kind: string): TokenType {
  return Object.hasOwn(NAME_TYPES, kind) ? NAME_TYPES[kind as keyof typeof NAME_TYPES] : OTHER_NAME;
}

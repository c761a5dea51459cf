import * as l10n from "@vscode/l10n";
import type { Path } from "../../dsl/problem";
import { type Expected, expectation } from "../../dsl/quantity";
import { rangeText } from "../../dsl/range";
import { rootSchema, type Schema } from "../../dsl/schema";
import { descriptionOf } from "../../dsl/schema-text";
import { nodeAt } from "../../dsl/tree";
import { code, paragraphs } from "../markdown";
import { rulePage } from "../rule-page";
import type { About } from "./candidate";
import { lineStart } from "./line";
import { rootNode } from "./nodes";

/** What a client keeps of a completion until somebody looks at it. */
export type CompletionData =
  | { readonly schema: number; readonly quantity?: Expected; readonly value?: string }
  | { readonly uri: string; readonly name: Path }
  | { readonly rule: string };

/** Schemas that completions were about, by their number in `CompletionData`. */
const known: Schema[] = [rootSchema];
const numbers = new Map<Schema, number>([[rootSchema, 0]]);

function numberOf(schema: Schema): number {
  const number = numbers.get(schema) ?? known.push(schema) - 1;
  numbers.set(schema, number);
  return number;
}

export function dataOf(about: About, uri: string): CompletionData {
  if ("schema" in about) return { ...about, schema: numberOf(about.schema) };
  return "name" in about ? { ...about, uri } : about;
}

/** Markdown about a completion; undefined when there is nothing to say. `textOf` is the text of an open file. */
export function documentation(
  data: CompletionData,
  textOf: (uri: string) => string | undefined,
): string | undefined {
  if ("rule" in data) return `[${data.rule}](${rulePage(data.rule)})`;
  if ("name" in data) return declaration(data.name, textOf(data.uri));
  const schema = known[data.schema];
  return schema && describe(schema, data.quantity, data.value);
}

function describe(schema: Schema, quantity: Expected | undefined, value: string | undefined): string {
  const valueText = value === undefined ? "" : descriptionOf(schema, value);
  const range = rangeText(schema, quantity);
  const lines = [
    valueText || descriptionOf(schema),
    quantity && l10n.t("Expected: {0}", expectation(quantity)),
    range && l10n.t("Allowed: {0}", range),
    schema.default === undefined ? undefined : l10n.t("Default: {0}", code(String(schema.default))),
    schema.informational ? l10n.t("For the record: no scenario's result depends on it.") : undefined,
  ];
  return paragraphs(...lines);
}

/** More lines of a declaration are not shown. */
const MOST_LINES = 12;

function declaration(name: Path, text: string | undefined): string | undefined {
  const node = text === undefined ? undefined : nodeAt(rootNode(text), name.slice(0, -1));
  const entry = node?.kind === "map" ? node.entries.get(String(name.at(-1))) : undefined;
  if (!entry || text === undefined) return undefined;
  return `\`\`\`yaml\n${linesFrom(text, entry.keySpan.start)}\n\`\`\``;
}

/** The line of an offset with the lines below it that are indented deeper. */
function linesFrom(text: string, offset: number): string {
  const start = lineStart(text, offset);
  const indent = offset - start;
  const [first, ...rest] = text.slice(start, start + 4_000).split("\n");
  const end = rest.findIndex((line) => line.trim() !== "" && line.search(/\S/) <= indent);
  const lines = [first, ...(end < 0 ? rest : rest.slice(0, end))].slice(0, MOST_LINES);
  return lines
    .map((line) => line.slice(indent))
    .join("\n")
    .trimEnd();
}

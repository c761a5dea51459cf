import * as l10n from "@vscode/l10n";
import { isScalar, type Pair, type Scalar } from "yaml";
import { type Builder, type Context, spanOf, type Use } from "./builder";
import type { YamlNode } from "./chunk";
import type { Problem, Span } from "./problem";
import { incompleteKey, lineAt } from "./syntax";

/** A key of a map, as it is meant. */
interface Key {
  readonly text: string;
  readonly span: Span;
}

/** The key of a pair; undefined when it is not finished, or cannot be one. */
export function keyOf(
  builder: Builder,
  pair: Pair<YamlNode, YamlNode>,
  { lines, use }: Context,
): Key | undefined {
  const { key } = pair;
  const { chunk, offset } = lines;
  const span = key ? spanOf(key, lines) : { start: offset, end: offset };
  const written = chunk.text.slice(span.start - offset, span.end - offset);
  if (!isScalar(key) || pair.value === null) {
    const before = () => chunk.text.slice(lineAt(chunk.text, span.start - offset).start, span.start - offset);
    if (!use)
      builder.problems.push(isScalar(key) ? incompleteKey(written, span, before()) : complexKey(span));
    return undefined;
  }
  if (key.type !== "PLAIN" || !written.includes("\n")) return { text: textOfKey(key), span };
  return keyOfLastLine(builder, written, span, use);
}

function textOfKey(key: Scalar): string {
  return key.type === "PLAIN" ? (key.source ?? String(key.value)) : String(key.value);
}

/** In a flow map, a half-typed key and the key on the next line are one scalar to YAML. */
function keyOfLastLine(builder: Builder, written: string, span: Span, use?: Use): Key {
  const firstLine = written.slice(0, written.indexOf("\n")).trimEnd();
  const text = written.slice(written.lastIndexOf("\n") + 1).trim();
  const half = { start: span.start, end: span.start + firstLine.length };
  if (!use) builder.problems.push(incompleteKey(firstLine, half));
  return { text, span: { start: span.end - text.length, end: span.end } };
}

function complexKey(span: Span): Problem {
  return {
    rule: "yaml-syntax",
    severity: "error",
    message: l10n.t("A key is a plain name, not a list, a map or an alias."),
    span,
  };
}

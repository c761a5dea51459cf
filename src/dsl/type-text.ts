import * as l10n from "@vscode/l10n";
import { expectedOf } from "./quantities";
import { expectation } from "./quantity";
import type { Schema } from "./schema";
import { descriptionOf } from "./schema-text";
import type { Site } from "./sites";
import { listed } from "./suggest";
import type { Node } from "./tree";

/** What a value has to be, in words. */
export function wantedType(site: Site, numeraire: string): string {
  const expected = expectedOf(site, numeraire);
  if (expected) return expectation(expected);
  const { schema } = site;
  if (schema.enum) return l10n.t("one of {0}", listed(schema.enum));
  const isTuple = schema.prefixItems !== undefined;
  return isTuple && schema.description
    ? l10n.t("a list: {0}", firstSentence(descriptionOf(schema)))
    : typeName(schema.type);
}

function typeName(type: Schema["type"]): string {
  switch (type) {
    case "object":
      return l10n.t("a map of keys");
    case "array":
      return l10n.t("a list");
    case "string":
      return l10n.t("text");
    case "integer":
      return l10n.t("a whole number");
    default:
      return l10n.t("a number");
  }
}

export function firstSentence(text: string): string {
  return text.split(/\.\s|\.$/)[0];
}

/** What a value is instead. */
export function foundType(node: Node): string {
  if (node.kind !== "scalar") return node.kind === "list" ? l10n.t("a list") : l10n.t("a map");
  return typeof node.value === "string" ? l10n.t("the text `{0}`", node.text) : `\`${node.text}\``;
}

import * as l10n from "@vscode/l10n";
import type { Source } from "../../dsl/parse";
import type { Path } from "../../dsl/problem";
import type { AllowedValue, Description } from "../../dsl/schema-info";
import { entryAt } from "../../dsl/tree";
import { code, list, plain } from "../markdown";
import { headingOf, pageOf } from "../page";
import { commentAt } from "./comment";

/** Longer lists are cut: a hover is read at a glance. */
const LONGEST_LIST = 12;

/** What is allowed, what holds without the parameter, and where its value comes from. */
export function factsText(description: Description, source: Source, path: Path, offset: number): string {
  const { range, allowed, informational } = description;
  return list([
    range && l10n.t("Allowed: {0}", range),
    description.default && l10n.t("Default: {0}", code(description.default)),
    allowed && (range ? l10n.t("Or: {0}", listed(allowed)) : l10n.t("Allowed: {0}", listed(allowed))),
    informational ? l10n.t("For the record: no scenario's result depends on it.") : undefined,
    replacedText(source, path),
    sourceText(source, path, offset),
  ]);
}

/** What the file that this one extends says instead. */
function replacedText({ root }: Source, path: Path): string | undefined {
  const { base, span } = entryAt(root, path)?.overrides ?? {};
  const replaced = span && base?.source?.text.slice(span.start, span.end);
  return replaced && !/[\r\n]/.test(replaced) ? l10n.t("In {0}: {1}", base!.name, code(replaced)) : undefined;
}

export function keysText({ keys }: Description): string {
  return keys ? l10n.t("Keys: {0}", listed(keys.map(({ value }) => ({ value })))) : "";
}

/** The path, and the pages that say more. */
export function whereText({ section, documentation }: Description, path: Path): string {
  const reference = pageOf(`docs/reference/risk-file.md${headingOf(section)}`);
  const more = documentation && `[${l10n.t("What it does")}](${pageOf(documentation)})`;
  const place = path.length === 0 ? "" : code(path.join(" › "));
  return [place, `[${l10n.t("Reference")}](${reference})`, more].filter(Boolean).join(" · ");
}

function listed(values: readonly AllowedValue[]): string {
  const described = values.length <= LONGEST_LIST && values.some(({ description }) => description);
  const shown = values.slice(0, LONGEST_LIST).map(({ value, description }) => {
    return described && description ? `${code(value)}: ${description}` : code(value);
  });
  const more = values.length > LONGEST_LIST ? [l10n.t("{0} more", values.length - LONGEST_LIST)] : [];
  return described ? ["", ...shown, ...more].join("\n  - ") : [...shown, ...more].join(", ");
}

/** As written: the comment on its line, else the block the file says that it was read at. */
function sourceText(source: Source, path: Path, offset: number): string | undefined {
  const comment = commentAt(source.text, offset);
  if (comment !== undefined) return l10n.t("Source: {0} (comment on this line)", plain(comment));
  const { chain, block } = source.draft?.snapshot ?? {};
  if (block === undefined || !FROM_CHAIN.has(path[0])) return undefined;
  const number = block.toLocaleString("en-US");
  return chain === undefined
    ? l10n.t("Source: the file's snapshot, block {0}", number)
    : l10n.t("Source: the file's snapshot, block {0} of chain {1}", number, chain);
}

/** Sections that a snapshot of a chain speaks of. Scenarios, limits and the like are the author's. */
const FROM_CHAIN: ReadonlySet<string | number | undefined> = new Set([
  "assets",
  "oracles",
  "markets",
  "venues",
  "books",
]);

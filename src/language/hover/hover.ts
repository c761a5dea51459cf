import * as l10n from "@vscode/l10n";
import type { Source } from "../../dsl/parse";
import type { Path, Problem, Span } from "../../dsl/problem";
import { type Description, describe } from "../../dsl/schema-info";
import { valueAt } from "../draft";
import { NOTHING_TOLD, type Told } from "../last-run";
import { code, paragraphs } from "../markdown";
import { touch } from "../ranges";
import { rulePage } from "../rule-page";
import { effectText } from "./effect";
import { factsText, keysText, whereText } from "./facts";
import { pictureText } from "./picture";
import { stakeText } from "./stake";
import { quantityText } from "./value";

export interface HoverText {
  readonly markdown: string;
  /** The key or value it speaks of. */
  readonly span: Span;
}

/**
 * What a person wants to know of the parameter at an offset: its value, its meaning, and what it did in the last run.
 * Undefined where there is none.
 */
export function hover(
  source: Source,
  offset: number,
  problems: readonly Problem[],
  told: Told = NOTHING_TOLD,
): HoverText | undefined {
  const place = source.pathAt(offset);
  const description = place && describe(place.path, source);
  if (!place || !description) return undefined;
  const { path } = place;
  const span = source.spanOf(place);
  const parts = [
    heading(description, source, path),
    description.description,
    chosenText(description, source, path),
    factsText(description, source, path, offset),
    foundText(problems.filter((problem) => touch(problem.span, span))),
    effectText(path, source, told),
    pictureText(path, source, told),
    stakeText(path, source, told),
    keysText(description),
    whereText(description, path),
  ];
  return { span, markdown: paragraphs(...parts) };
}

/** The title and the value; of a map, the name that the file gives it. */
function heading({ title, quantity, named }: Description, source: Source, path: Path): string {
  const written = source.written(path);
  if (written === undefined) return named ? `**${title}** ${code(String(path.at(-1)))}` : `**${title}**`;
  const value = quantity && valueAt(source.draft, path);
  const told = typeof value === "number" ? quantityText(written, value, quantity!) : code(written);
  return `**${title}**: ${told}`;
}

/** What the value that is written means, where it is one of several. */
function chosenText({ allowed = [] }: Description, source: Source, path: Path): string {
  const written = valueAt(source.draft, path);
  const meaning = allowed.find(({ value }) => value === written)?.description;
  return meaning ? `${code(String(written))}: ${meaning}` : "";
}

/** Editors show the messages themselves; the rules' pages are one click away from here. */
function foundText(problems: readonly Problem[]): string {
  const rules = [...new Set(problems.map(({ rule }) => rule))];
  const links = rules.map((rule) => `[${rule}](${rulePage(rule)})`).join(", ");
  return rules.length === 0 ? "" : l10n.t("Found here: {0}", links);
}

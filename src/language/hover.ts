import type { Source } from "../dsl/parse";
import type { Path, Problem, Span } from "../dsl/problem";
import type { Dimension, Expected } from "../dsl/quantity";
import { type AllowedValue, type Description, describe } from "../dsl/schema-info";
import { touch } from "./ranges";
import { rulePage } from "./rule-page";

export interface HoverText {
  readonly markdown: string;
  /** The key or value it speaks of. */
  readonly span: Span;
}

/** Longer lists are cut: a hover is read at a glance. */
const LONGEST_LIST = 12;

/** What a person wants to know of the parameter at an offset; undefined where there is none. */
export function hover(source: Source, offset: number, problems: readonly Problem[]): HoverText | undefined {
  const place = source.pathAt(offset);
  const description = place && describe(place.path, source);
  if (!place || !description) return undefined;
  const span = source.spanOf(place);
  const parts = [
    heading(description, place.path),
    description.description,
    valueText(source, place.path, description.quantity),
    facts(description),
    foundText(problems.filter((problem) => touch(problem.span, span))),
  ];
  return { span, markdown: parts.filter(Boolean).join("\n\n") };
}

function heading({ title }: Description, path: Path): string {
  return `**${title}** · ${code(path.join(" › "))}`;
}

function valueText(source: Source, path: Path, quantity: Expected | undefined): string {
  const written = source.written(path);
  const value = quantity && valueAt(source.draft, path);
  if (written === undefined || typeof value !== "number") return "";
  return `${code(written)} is ${inWords(value, quantity!)}`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((parent, key) => (parent as Record<string | number, unknown> | undefined)?.[key], value);
}

const baseUnits: Readonly<Record<Dimension, (unit?: string) => string>> = {
  ratio: () => "as a fraction",
  price: (unit) => `${unit ?? ""} a unit`,
  amount: (unit) => unit ?? "",
  value: (unit) => unit ?? "",
  duration: () => "seconds",
  count: () => "",
  multiple: () => "times",
  volatility: () => "a year, as a fraction",
  "gas-price": () => "of the gas asset for a unit of gas",
};

/** A number in base units, as the engine computes with it. */
function inWords(value: number, { dimension, unit }: Expected): string {
  const number = value.toLocaleString("en-US", { maximumSignificantDigits: 12 });
  return `${number} ${baseUnits[dimension](unit)}`.trim();
}

function facts(description: Description): string {
  const { range, allowed, keys, informational } = description;
  const lines = [
    range && `Allowed: ${range}`,
    description.default && `Default: ${code(description.default)}`,
    allowed && `Allowed: ${listed(allowed)}`,
    keys && `Keys: ${listed(keys.map(({ value }) => ({ value })))}`,
    informational && "For the record: no scenario's result depends on it.",
  ];
  return lines
    .filter((line) => typeof line === "string")
    .map((line) => `- ${line}`)
    .join("\n");
}

function listed(values: readonly AllowedValue[]): string {
  const described = values.some(({ description }) => description);
  const shown = values.slice(0, LONGEST_LIST).map(({ value, description }) => {
    return description ? `${code(value)}: ${description}` : code(value);
  });
  const more = values.length > LONGEST_LIST ? [`${values.length - LONGEST_LIST} more`] : [];
  return described ? ["", ...shown, ...more].join("\n  - ") : [...shown, ...more].join(", ");
}

/** Editors show the messages themselves; the rules' pages are one click away from here. */
function foundText(problems: readonly Problem[]): string {
  const rules = [...new Set(problems.map(({ rule }) => rule))];
  return rules.length === 0
    ? ""
    : `Found here: ${rules.map((rule) => `[${rule}](${rulePage(rule)})`).join(", ")}`;
}

/** Text of the file as code: nothing in it is read as Markdown. */
function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replace(/\s+/g, " ")}\``;
}

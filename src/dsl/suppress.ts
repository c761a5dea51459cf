import * as l10n from "@vscode/l10n";
import { RULES } from "../generated/rules";
import type { Problem, Span } from "./problem";
import { sentences } from "./sentences";
import type { Source } from "./source";
import { nearest } from "./suggest";
import { lineAt } from "./syntax";

const WORD = "plimsoll-disable-next-line";
const DIRECTIVE = /^[ \t]*#[ \t]*plimsoll-disable-next-line\b[ \t]*(.*?)[ \t]*$/;

/** A comment that silences a rule on the next line. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string;
  /** Of the rule's id, or of the whole comment when it names none. */
  readonly span: Span;
  /** Start of the line it speaks of. */
  readonly target: number;
}

/** `# plimsoll-disable-next-line rule-id -- reason` comments; several in a row speak of the same line. */
export function suppressionsOf(text: string): Suppression[] {
  const found: Suppression[] = [];
  for (const { start, end, content } of directiveLines(text).reverse()) {
    const below = text.indexOf("\n", end) + 1;
    if (below === 0) continue;
    const next = found.at(-1);
    const target = next && lineAt(text, next.span.start).start === below ? next.target : below;
    found.push({ ...directive(text.slice(start, end), content, start), target });
  }
  return found.reverse();
}

interface DirectiveLine extends Span {
  /** What follows the directive's name. */
  readonly content: string;
}

function directiveLines(text: string): DirectiveLine[] {
  const lines: DirectiveLine[] = [];
  for (let at = text.indexOf(WORD); at >= 0; ) {
    const line = lineAt(text, at);
    const match = DIRECTIVE.exec(text.slice(line.start, line.end));
    if (match) lines.push({ ...line, content: match[1] });
    at = text.indexOf(WORD, line.end);
  }
  return lines;
}

function directive(line: string, content: string, lineStart: number): Omit<Suppression, "target"> {
  const [rule, ...rest] = content.split(/\s+--\s+/);
  const column = rule ? line.indexOf(rule, line.indexOf("next-line") + 9) : line.indexOf("#");
  const start = lineStart + column;
  return {
    rule,
    reason: rest.join(" -- "),
    span: { start, end: rule ? start + rule.length : lineStart + line.trimEnd().length },
  };
}

/** Suppressions that say no reason or name no rule. */
export function suppressionProblems(suppressions: readonly Suppression[]): Problem[] {
  return suppressions.flatMap(({ rule, reason, span }) => {
    const message = RULES.includes(rule) ? (reason ? undefined : withoutReason(rule)) : unknownRule(rule);
    return message ? [{ rule: "invalid-suppression", severity: "warning", message, span } as const] : [];
  });
}

function withoutReason(rule: string): string {
  return l10n.t(
    "Say why: `# plimsoll-disable-next-line {0} -- reason`. Without a reason it silences nothing.",
    rule,
  );
}

function unknownRule(rule: string): string {
  if (!rule) return l10n.t("Name the rule and the reason: `# plimsoll-disable-next-line rule-id -- reason`.");
  const guess = nearest(rule, RULES);
  return sentences(l10n.t("There is no rule `{0}`.", rule), guess && l10n.t("Did you mean `{0}`?", guess));
}

/**
 * Problems without those that a comment on the line above silences. Errors that stop the file from being run are always
 * told, and a comment that would silence one is told why it does not: else nothing would run and nobody would know why.
 * @param stops whether the errors among them stop a run
 */
export function heard(source: Source, problems: readonly Problem[], stops: boolean): Problem[] {
  if (source.suppressions.length === 0 && !source.base) return [...problems];
  const inVain = new Set<Suppression>();
  const told = problems.filter((problem) => {
    const comment = suppressionOf(source, problem);
    const isTold = stops && problem.severity === "error";
    if (!comment) return isTold || !isSilentInBase(problem);
    if (isTold) inVain.add(comment);
    return isTold;
  });
  return [...told, ...[...inVain].map(silencesNothing)];
}

/** What a base silences of its own values stays silent in the files that extend it. */
function isSilentInBase({ rule, inherited }: Problem): boolean {
  const source = inherited?.base?.source;
  return source !== undefined && suppressionOf(source, { rule, span: inherited!.span }) !== undefined;
}

function suppressionOf(
  { text, suppressions }: Source,
  problem: Pick<Problem, "rule" | "span">,
): Suppression | undefined {
  const line = text.lastIndexOf("\n", problem.span.start - 1) + 1;
  return suppressions.find(
    ({ rule, reason, target }) => target === line && rule === problem.rule && reason !== "",
  );
}

function silencesNothing({ rule, span }: Suppression): Problem {
  const message = l10n.t(
    "`{0}` stops the file from being run, so this comment cannot silence it. Correct what is below, and delete the comment.",
    rule,
  );
  return { rule: "invalid-suppression", severity: "warning", message, span };
}

/** The rules that a comment may name. */
export function knownRules(): readonly string[] {
  return RULES;
}

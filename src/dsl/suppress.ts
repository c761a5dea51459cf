import { RULES } from "../generated/rules";
import type { Problem, Span } from "./problem";
import type { Source } from "./source";
import { nearest } from "./suggest";

const DIRECTIVE = /^[ \t]*#[ \t]*plimsoll-disable-next-line\b[ \t]*(.*?)[ \t]*\r?$/;

interface Suppression {
  readonly rule: string;
  readonly reason: string;
  /** Of the rule's id, or of the whole comment when it names none. */
  readonly span: Span;
  /** Start of the line it speaks of. */
  readonly target: number;
}

/** `# plimsoll-disable-next-line rule-id -- reason` comments; several in a row speak of the same line. */
function suppressionsOf(text: string): Suppression[] {
  if (!text.includes("plimsoll-disable-next-line")) return [];
  const found: Suppression[] = [];
  let waiting: Omit<Suppression, "target">[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const match = DIRECTIVE.exec(line);
    if (match) waiting.push(directive(line, match[1], start));
    else {
      for (const suppression of waiting) found.push({ ...suppression, target: start });
      waiting = [];
    }
    start += line.length + 1;
  }
  return found;
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
export function suppressionProblems(text: string): Problem[] {
  return suppressionsOf(text).flatMap(({ rule, reason, span }) => {
    const message = RULES.includes(rule) ? (reason ? undefined : withoutReason(rule)) : unknownRule(rule);
    return message ? [{ rule: "invalid-suppression", severity: "warning", message, span } as const] : [];
  });
}

function withoutReason(rule: string): string {
  return `Say why: \`# plimsoll-disable-next-line ${rule} -- reason\`. Without a reason it silences nothing.`;
}

function unknownRule(rule: string): string {
  if (!rule) return "Name the rule and the reason: `# plimsoll-disable-next-line rule-id -- reason`.";
  const guess = nearest(rule, RULES);
  return `There is no rule \`${rule}\`.${guess ? ` Did you mean \`${guess}\`?` : ""}`;
}

/**
 * Whether a comment on the line above silences a problem. What makes the file unreadable cannot be silenced:
 * nothing would run and nobody would be told why.
 */
export function suppressed(source: Source, problem: Problem): boolean {
  if (problem.severity === "error" && source.problems.includes(problem)) return false;
  const line = source.text.lastIndexOf("\n", problem.span.start - 1) + 1;
  return suppressionsOf(source.text).some(
    ({ rule, reason, target }) => target === line && rule === problem.rule && reason !== "",
  );
}

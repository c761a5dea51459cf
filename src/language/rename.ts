import * as l10n from "@vscode/l10n";
import { anchorAt, anchorsOf } from "../dsl/anchors";
import { nameRule, nounOf, patternOf } from "../dsl/name-kinds";
import { isDeclared, type Mention, mentionAt, type Name, namesOf } from "../dsl/names";
import { parse, type Source } from "../dsl/parse";
import type { Span, TextEdit } from "../dsl/problem";
import { scalarText } from "../dsl/scalar-text";
import { sentences } from "../dsl/sentences";

/** Why something cannot be renamed, or not like that. */
export interface Refusal {
  readonly refusal: string;
}

/** What can be renamed at an offset: the name without its quotes or number. */
export interface Renamable {
  readonly span: Span;
  readonly text: string;
}

export interface Renaming {
  readonly edits: readonly TextEdit[];
  /** Of a name that data files may use too; absent for an anchor. */
  readonly name?: Name;
}

/** Undefined where there is no name. */
export function prepareRename(source: Source, offset: number): Renamable | Refusal | undefined {
  const anchor = anchorAt(source.text, offset);
  const spans = anchor && [...anchor.aliases, ...(anchor.declaration ? [anchor.declaration] : [])];
  const span = spans?.find(({ start, end }) => start - 1 <= offset && offset <= end);
  if (anchor && span) return anchor.declaration ? { span, text: anchor.name } : undeclaredAnchor(anchor.name);
  const mention = mentionAt(namesOf(source), offset);
  if (!mention) return undefined;
  const { name } = mention;
  const base = baseOf(source, mention);
  if (base !== undefined)
    return { refusal: l10n.t("`{0}` is a name of {1} too: rename it there, then here.", name.text, base) };
  return isDeclared(name) ? { span: mention.span, text: name.text } : undeclared(name);
}

/** The file that this one extends, when it has the name too. */
function baseOf({ base }: Source, { kind, market, name }: Mention): string | undefined {
  const names = base?.source && namesOf(base.source);
  return names?.find(kind, name.text, market) && base!.name;
}

/** Every edit of the file that gives what is at an offset another name. Undefined where there is no name. */
export function rename(source: Source, offset: number, wanted: string): Renaming | Refusal | undefined {
  const prepared = prepareRename(source, offset);
  if (!prepared || "refusal" in prepared) return prepared;
  const anchor = anchorAt(source.text, offset);
  if (anchor) return renameAnchor(source.text, offset, wanted);
  const { name } = mentionAt(namesOf(source), offset)!;
  const refusal = name.text === wanted ? undefined : refusalOf(source, name, wanted);
  if (refusal) return { refusal };
  const edits = name.mentions.map((mention) => replacement(source.text, mention, wanted));
  return name.text === wanted || isGone(source, edits, name) ? { name, edits } : { refusal: hidden(name) };
}

/** Of maps merged into one, only the keys that count are known: renaming those can bring others to light. */
function isGone(
  { text, base }: Source,
  edits: readonly TextEdit[],
  { kind, text: name, mentions }: Name,
): boolean {
  const names = namesOf(parse(applied(text, edits), undefined, base));
  return mentions.every(({ market }) => names.find(kind, name, market) === undefined);
}

function applied(text: string, edits: readonly TextEdit[]): string {
  let end = 0;
  const parts = edits.map(({ span, text: newText }) => {
    const kept = text.slice(end, span.start);
    end = span.end;
    return kept + newText;
  });
  return parts.join("") + text.slice(end);
}

function hidden({ text }: Name): string {
  return sentences(
    l10n.t("`{0}` is also written where another merged map hides it.", text),
    l10n.t("Remove one of the two, then rename."),
  );
}

function undeclared({ kind, text }: Name): Refusal {
  const refusal =
    kind === "numeraire"
      ? sentences(
          l10n.t("{0} is the numeraire by default.", text),
          l10n.t("Write `numeraire: {0}` first, then rename it.", text),
        )
      : sentences(l10n.t("There is no {0} `{1}`.", nounOf(kind), text), onlyDeclared());
  return { refusal };
}

function undeclaredAnchor(name: string): Refusal {
  return { refusal: sentences(l10n.t("There is no anchor &{0} above.", name), onlyDeclared()) };
}

function onlyDeclared(): string {
  return l10n.t("Only what is declared can be renamed.");
}

/** The first reason against a new name: its form, or that it is taken. */
function refusalOf(source: Source, { kind, mentions }: Name, wanted: string): string | undefined {
  const kinds = new Set([kind, ...mentions.flatMap((each) => each.declares ?? [])]);
  const broken = [...kinds].find((each) => patternOf(each)?.test(wanted) === false);
  if (broken) return sentences(l10n.t("`{0}` cannot be a name.", wanted), nameRule(broken));
  const taken = mentions.map((each) => namesOf(source).find(kind, wanted, each.market)).find(Boolean);
  const unit = kind === "asset" ? "numeraire" : kind === "numeraire" ? "asset" : undefined;
  const clash = taken ?? (unit && namesOf(source).find(unit, wanted));
  if (!clash) return undefined;
  const noun = nounOf(clash.kind);
  if (!isDeclared(clash))
    return l10n.t("The file uses the {0} `{1}` already; choose another name.", noun, wanted);
  return clash.kind === "numeraire"
    ? l10n.t("`{0}` is the numeraire; choose another name.", wanted)
    : l10n.t("The file has the {0} `{1}` already; choose another name.", noun, wanted);
}

function replacement(text: string, { span, form }: Mention, wanted: string): TextEdit {
  const before = text[span.start - 1];
  if (form === "unit") return { span, text: touching(before, wanted) };
  const isQuoted = (before === '"' || before === "'") && text[span.end] === before;
  if (isQuoted) return { span, text: wanted };
  const isBlock = /^[|>]/.test(text.slice(span.start, span.end));
  return { span, text: scalarText(wanted) + (isBlock ? "\n" : "") };
}

/** Right behind a number, a name could be read as a scale, an exponent or more digits. */
function touching(before: string | undefined, wanted: string): string {
  const touches = before !== undefined && /[\d.]/.test(before);
  return touches && /^(?:[\d.,_]|[eE][+-]?\d|[xX][\da-fA-F]+$|[kMB]$)/.test(wanted) ? ` ${wanted}` : wanted;
}

const ANCHOR = /^\w[\w.-]*$/;

function renameAnchor(text: string, offset: number, wanted: string): Renaming | Refusal {
  const { name, declaration, aliases } = anchorAt(text, offset)!;
  if (!ANCHOR.test(wanted))
    return {
      refusal: sentences(
        l10n.t("`{0}` cannot name an anchor.", wanted),
        l10n.t("Use letters, digits, and . _ - behind the first."),
      ),
    };
  if (wanted !== name && anchorsOf(text).some((each) => each.name === wanted))
    return { refusal: l10n.t("There is an anchor &{0} already; choose another name.", wanted) };
  return { edits: [declaration!, ...aliases].map((span) => ({ span, text: wanted })) };
}

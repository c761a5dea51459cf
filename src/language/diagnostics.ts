import * as l10n from "@vscode/l10n";
import type { Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Problem, Related, Severity } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import { locationIn } from "./base-location";
import { rangeOf } from "./ranges";
import { rulePage } from "./rule-page";

/** By which a person sees whose diagnostic it is, and a client can filter. */
export const SOURCE = "plimsoll";

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  information: 3,
  hint: 4,
};

const unnecessary: DiagnosticTag = 1;

/** More are of no use to a person, and slow editors down. */
const MOST_DIAGNOSTICS = 500;

/** Problems as editors show them. Of very many, the first are shown, and the next one says how many follow. */
export function diagnosticsOf(problems: readonly Problem[], document: TextDocument): Diagnostic[] {
  const shown = problems.slice(0, MOST_DIAGNOSTICS).map((problem) => diagnosticOf(problem, document));
  const next = problems[MOST_DIAGNOSTICS];
  return next ? [...shown, diagnosticOf(overflow(next, problems.length), document)] : shown;
}

function overflow({ span }: Problem, total: number): Problem {
  const hidden = total - MOST_DIAGNOSTICS;
  const found =
    hidden === 1
      ? l10n.t("1 more problem is not shown.")
      : l10n.t("{0} more problems are not shown.", hidden.toLocaleString("en-US"));
  const message = sentences(found, l10n.t("Correct those before this place first."));
  return { rule: "more-problems", severity: "information", message, span };
}

/** A problem as editors show it, with the rule as its code and a link to the rule's page. */
export function diagnosticOf(problem: Problem, document: TextDocument): Diagnostic {
  return {
    range: rangeOf(problem.span, document),
    severity: severities[problem.severity],
    code: problem.rule,
    codeDescription: { href: rulePage(problem.rule) },
    source: SOURCE,
    message: problem.message,
    ...(problem.unnecessary && { tags: [unnecessary] }),
    ...(problem.related?.length && {
      relatedInformation: problem.related.map((each) => relatedOf(each, document)),
    }),
  };
}

function relatedOf({ message, span, base }: Related, document: TextDocument) {
  return { message, location: locationIn(base, span, document) };
}

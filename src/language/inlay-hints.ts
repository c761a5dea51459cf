import type { InlayHint, Range } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Source } from "../dsl/parse";
import type { Problem } from "../dsl/problem";
import { sitesWithin } from "../dsl/sites-within";
import { type Derived, derivedAt } from "./derived";
import type { Told } from "./last-run";
import { spanOf, touch } from "./ranges";

export interface HintContext {
  readonly document: TextDocument;
  readonly source: Source;
  /** Of the text and of the static rules: a value that breaks a limit is not wrong. */
  readonly problems: readonly Problem[];
  readonly told: Told;
}

/** What follows from the values in a range, each behind its value. A wrong value has none. */
export function inlayHints(range: Range, { document, source, problems, told }: HintContext): InlayHint[] {
  const { root, draft } = source;
  const visible = spanOf(range, document);
  const wrong = problems.filter(({ severity, span }) => severity === "error" && touch(span, visible));
  if (!draft) return [];
  return sitesWithin(root, visible).flatMap((site) => {
    const { span } = site.node;
    const isInside = visible.start <= span.end && span.end <= visible.end;
    if (!isInside || wrong.some((problem) => touch(problem.span, span))) return [];
    return derivedAt(site, { draft, stake: told.stake }).map((derived) =>
      hintOf(derived, document.positionAt(span.end)),
    );
  });
}

function hintOf({ label, tooltip }: Derived, position: InlayHint["position"]): InlayHint {
  return { position, label, tooltip: { kind: "markdown", value: tooltip }, paddingLeft: true };
}

import * as l10n from "@vscode/l10n";
import type { Builder } from "./builder";
import type { Problem, Span } from "./problem";
import { listed, nearest } from "./suggest";

/** Nodes that aliases may unfold to before the file is refused. */
export const MOST_ALIASED = 100_000;

/** Once is enough: the other aliases would only repeat it. */
export function refuse(builder: Builder, span: Span): void {
  if (builder.refused) return;
  builder.refused = true;
  const most = MOST_ALIASED.toLocaleString("en");
  builder.problems.push(
    unusable(l10n.t("Aliases unfold to more than {0} values here; nest fewer of them.", most), span),
  );
}

export function unusable(message: string, span: Span): Problem {
  return { rule: "unusable-alias", severity: "error", message, span };
}

export function aliasFlaw(builder: Builder, name: string): string {
  if (builder.open.has(name))
    return l10n.t("*{0} stands inside the value of &{0}, so it would contain itself.", name);
  return unknownAlias(builder, name);
}

function unknownAlias({ anchors }: Builder, name: string): string {
  const guess = nearest(name, anchors.keys());
  if (guess) return l10n.t("There is no anchor &{0} above this line; did you mean *{1}?", name, guess);
  return anchors.size > 0
    ? l10n.t("There is no anchor &{0} above this line; there are {1}.", name, listed(anchors.keys()))
    : l10n.t("There is no anchor &{0} above this line.", name);
}

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
    unusable(`Aliases unfold to more than ${most} values here; nest fewer of them.`, span),
  );
}

export function unusable(message: string, span: Span): Problem {
  return { rule: "unusable-alias", severity: "error", message, span };
}

export function aliasFlaw(builder: Builder, name: string): string {
  if (builder.open.has(name))
    return `*${name} stands inside the value of &${name}, so it would contain itself.`;
  return unknownAlias(builder, name);
}

function unknownAlias({ anchors }: Builder, name: string): string {
  const guess = nearest(name, anchors.keys());
  const declared = anchors.size > 0 ? `; there are ${listed(anchors.keys())}` : "";
  return `There is no anchor &${name} above this line${guess ? `; did you mean *${guess}?` : `${declared}.`}`;
}

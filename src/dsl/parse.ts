import * as l10n from "@vscode/l10n";
import type { RiskFile } from "../generated/risk-file";
import type { Base } from "./base";
import { compose, type Layout, layOut } from "./compose";
import { extendedPath, extendsNode, overlaid } from "./overlay";
import { pathAt, spanOf } from "./positions";
import type { Problem } from "./problem";
import { checkInPlace } from "./shallow";
import type { Draft, Source } from "./source";
import { finished, type Steps } from "./steps";
import { type Suppression, suppressionProblems, suppressionsOf } from "./suppress";
import { unreadableText } from "./syntax";
import { type Node, nodeAt } from "./tree";
import { withoutConsequences } from "./unfinished";

export type { DeepPartial, Draft, Source } from "./source";
export type { RiskFile };

/**
 * Reads a risk file. Never throws; every mistake is one problem at the narrowest place that holds it.
 * @param last an older version of the text: lines that it has too are not read again
 * @param base the file that the text extends, once it is found
 */
export function parse(text: string, last?: Pick<Source, "layout">, base?: Base): Source {
  return finished(reading(text, last, base));
}

/** Reads a risk file and stops often: what was read and checked until then stays in the layout. */
export function* reading(text: string, last?: Pick<Source, "layout">, base?: Base): Steps<Source> {
  const unreadable = unreadableText(text);
  if (unreadable) return source(text, [unreadable], { layout: last?.layout });
  const layout = yield* layoutOf(text, last?.layout);
  const { root: read, problems, broken } = yield* compose(text, layout);
  if (read?.kind !== "map")
    return source(text, problems.length > 0 ? problems : [notAMap(read)], { root: read, layout });
  const path = extendedPath(read);
  if (path !== undefined && !(base?.source && base.path === path))
    return withoutBase(text, { root: read, layout }, problems, broken, path, base);
  const whole = path === undefined ? read : overlaid(read, base!);
  const { root, data, problems: found } = yield* checkInPlace(text, whole);
  const suppressions = suppressionsOf(text);
  const all = withoutConsequences(
    broken ? problems : [...problems, ...found, ...suppressionProblems(suppressions)],
  );
  const file = all.some((problem) => problem.severity === "error") ? undefined : (data as RiskFile);
  return {
    ...source(text, all, { root, layout, suppressions }),
    ...(path !== undefined && { extends: path, base }),
    file,
    draft: data as Draft,
    isWhole: !broken,
  };
}

/** What can be said of a text while the file that it extends is not found, or cannot be built on. */
function withoutBase(
  text: string,
  read: Read & { readonly root: Node },
  problems: readonly Problem[],
  broken: boolean,
  path: string,
  base?: Base,
): Source {
  const known = base?.path === path ? base : undefined;
  const span = extendsNode(read.root)!.span;
  const found = known?.fault ? [{ ...known.fault, severity: "error", span } as const] : [];
  const suppressions = suppressionsOf(text);
  const all = [...problems, ...found, ...suppressionProblems(suppressions)];
  return { ...source(text, all, { ...read, suppressions }), extends: path, base: known, isWhole: !broken };
}

function* layoutOf(text: string, last: Layout | undefined): Steps<Layout> {
  return last?.root && last.cut?.text === text ? last : yield* layOut(text, last?.cut);
}

interface Read {
  readonly root?: Node;
  readonly layout?: Layout;
  readonly suppressions?: readonly Suppression[];
}

function source(
  text: string,
  problems: readonly Problem[],
  { root, layout, suppressions = [] }: Read,
): Source {
  return {
    text,
    problems: [...problems].sort(inOrder),
    root,
    layout,
    suppressions,
    isWhole: false,
    spanOf: (place) => spanOf(root, place),
    written: (path) => written(text, nodeAt(root, path)),
    pathAt: (offset) => pathAt(root, offset),
  };
}

/** By place; the order of problems at one place is the same however they were found. */
function inOrder(a: Problem, b: Problem): number {
  return (
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compared(a.rule, b.rule) ||
    compared(a.message, b.message)
  );
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function written(text: string, node: Node | undefined): string | undefined {
  if (node?.kind !== "scalar") return undefined;
  const { start, end } = node.origin?.span ?? node.span;
  return (node.origin?.base?.source?.text ?? text).slice(start, end);
}

function notAMap(root: Node | undefined): Problem {
  const span = root ? { start: root.span.start, end: root.span.start + 1 } : { start: 0, end: 0 };
  const message =
    root?.kind === "list"
      ? l10n.t("A risk file is a map of sections such as `assets:` and `markets:`; found a list.")
      : l10n.t("A risk file is a map of sections such as `assets:` and `markets:`; found text.");
  return { rule: "wrong-type", severity: "error", message, span };
}

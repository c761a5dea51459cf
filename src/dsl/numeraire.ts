import * as l10n from "@vscode/l10n";
import { pathAt } from "./positions";
import type { Problem } from "./problem";
import { expectedOf, numeraireOf } from "./quantities";
import { unitOf } from "./quantity";
import { siteAt } from "./schema-info";
import { sentences } from "./sentences";
import { replacement } from "./sites";
import { nearest } from "./suggest";
import { child, type MapNode, textOf } from "./tree";

/**
 * Where every value that names its unit names one other than the numeraire, the numeraire is the mistake: one problem
 * there instead of one a value.
 */
export function atNumeraire(text: string, root: MapNode, problems: readonly Problem[]): readonly Problem[] {
  const node = child(root, "numeraire");
  const isSuspect = problems.some(({ rule }) => rule === "wrong-unit");
  if (!isSuspect || !node || node.origin || textOf(node) === undefined) return problems;
  const numeraire = numeraireOf(root);
  const values = problems.filter((problem) => isOfValue(problem, root, numeraire));
  const meant = commonUnit(values, root);
  if (meant === undefined || isWrittenTwice(text, numeraire)) return problems;
  if (values.length < 2 && nearest(numeraire, [meant]) === undefined) return problems;
  const others = problems.filter((problem) => !values.includes(problem));
  const message = sentences(
    l10n.t("The numeraire is `{0}`, but values are written in `{1}`.", numeraire, meant),
    l10n.t("Did you mean `{0}`?", meant),
  );
  const related = values
    .slice(0, 20)
    .map(({ span }) => ({ message: l10n.t("Written in `{0}`.", meant), span }));
  const { span } = node;
  const fixes = [replacement(span, meant)];
  return [...others, { rule: "wrong-unit", severity: "error", message, span, related, fixes }];
}

/** A unit that has a fix of its own is misspelt, and no other. */
function isOfValue({ rule, span, fixes }: Problem, root: MapNode, numeraire: string): boolean {
  const place = rule === "wrong-unit" && !fixes ? pathAt(root, span.start) : undefined;
  const site = place && siteAt(place.path, root);
  const dimension = site && expectedOf(site, numeraire)?.dimension;
  return dimension === "value" || dimension === "price";
}

/** The unit that all of these values have; undefined when they differ. */
function commonUnit(values: readonly Problem[], root: MapNode): string | undefined {
  const units = new Set(
    values.map(({ span }) => {
      const written = textOf(siteAt(pathAt(root, span.start)!.path, root)?.node);
      return written === undefined ? undefined : unitOf(written)?.unit;
    }),
  );
  const [unit] = units;
  return units.size === 1 && /^[A-Za-z][A-Za-z0-9]*$/.test(unit ?? "") ? unit : undefined;
}

/** Whether a numeraire stands anywhere else in a text, so that it is not just misspelt. */
function isWrittenTwice(text: string, numeraire: string): boolean {
  return [...text.matchAll(/[A-Za-z][A-Za-z0-9]*/g)].filter(([word]) => word === numeraire).length > 1;
}

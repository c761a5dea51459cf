import { distinct } from "./distinct";
import type { Problem } from "./problem";
import { type Use, usesAt } from "./references";
import { relationFlaws } from "./relations";
import type { Schema } from "./schema";
import { type Flaw, schemaFor } from "./sites";
import { finished } from "./steps";
import { structureFlaws } from "./structure";
import { isSelfContained, plainData, type Survey, survey } from "./survey";
import type { Unit } from "./unit";
import type { SchemaError } from "./validate";
import { dropsOf, without } from "./without";

/** What is found in a unit alone. Paths start with its key, offsets at its block. */
export interface UnitCheck {
  /** In base units, with what is invalid. */
  readonly raw: unknown;
  /** Names that it uses. */
  readonly uses: readonly Use[];
  /** The numeraire it was read in; absent when it does not matter. */
  readonly numeraire?: string;
  /** Absent until the validator has seen it. */
  settled?: Settled;
  /** What its flaws are found with, until then. */
  pending?: { readonly survey: Survey; readonly relations: readonly Flaw[] };
}

export interface Settled {
  readonly problems: readonly Problem[];
  /** In base units, without what is invalid; undefined when nothing is valid. */
  readonly data: unknown;
}

/** What was found in a unit when it stands where the schema declares this; undefined when what is around it matters. */
export function checkOf(unit: Unit, declared: Schema | undefined, numeraire: string): UnitCheck | undefined {
  const known = unit.checks.get(declared);
  if (known && (known.numeraire === undefined || known.numeraire === numeraire)) return known;
  const check = declared ? checked(unit, declared, numeraire) : unknown(unit);
  if (check) unit.checks.set(declared, check);
  return check;
}

function unknown({ node }: Unit): UnitCheck {
  const raw = plainData(node);
  return { raw, uses: [], settled: { problems: [], data: raw } };
}

function checked({ node, entry }: Unit, declared: Schema, numeraire: string): UnitCheck | undefined {
  if (!isSelfContained(declared, node)) return undefined;
  const path = [entry?.key ?? 0];
  const surveyed = finished(survey({ path, node, schema: schemaFor(declared, node), entry }, numeraire));
  return {
    raw: surveyed.data,
    uses: surveyed.sites.flatMap(usesAt),
    numeraire: surveyed.isPriced ? numeraire : undefined,
    pending: { survey: surveyed, relations: relationFlaws(surveyed.sites, surveyed.values) },
  };
}

/** Finds the flaws of a unit, with what the validator said of it. */
export function settle(check: UnitCheck, errors: readonly SchemaError[]): void {
  const { survey: surveyed, relations } = check.pending!;
  const flaws = [...surveyed.flaws, ...structureFlaws(surveyed, errors), ...relations];
  const data = without(
    check.raw,
    dropsOf(flaws).map((path) => path.slice(1)),
  );
  check.settled = { problems: distinct(flaws), data };
  check.pending = undefined;
}

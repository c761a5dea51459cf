import * as l10n from "@vscode/l10n";
import { resolved, rootSchema, type Schema } from "./schema";
import { translated } from "./translated";

const NOUNS: Readonly<Record<string, string>> = { emode: "E-mode" };

/** How messages call a kind of name. */
export function nounOf(kind: string): string {
  return translated(NOUNS[kind] ?? kind);
}

/** Sections at the top of the file by the kind of name they declare: oracle -> oracles. */
export const SECTIONS: ReadonlyMap<string, string> = new Map(
  Object.keys(rootSchema.properties ?? {}).flatMap((section) => {
    const kind = rootSchema.properties![section].declares;
    return kind ? [[kind, section] as const] : [];
  }),
);

/** What the schema says of keys and values that declare names. */
const declaring: readonly Schema[] = schemasIn(rootSchema).filter(({ declares }) => declares !== undefined);

function schemasIn(schema: unknown): Schema[] {
  if (schema === null || typeof schema !== "object") return [];
  return [schema as Schema, ...Object.values(schema).flatMap(schemasIn)];
}

const patterns: ReadonlyMap<string, string> = new Map(
  declaring.flatMap(({ declares, propertyNames }) => {
    const pattern = propertyNames && resolved(propertyNames).pattern;
    return pattern ? [[declares!, pattern] as const] : [];
  }),
);

/** Kinds without names of their own: the keys of `reserves` are assets, so a reserve is called like its asset. */
const bases: ReadonlyMap<string, string> = new Map(
  declaring.flatMap(({ declares, keys, references }) => {
    const base = keys ?? references;
    return base ? [[declares!, base] as const] : [];
  }),
);

/** The kind that declares the names of a kind. */
export function baseOf(kind: string): string {
  return bases.get(kind) ?? kind;
}

/** What a name of a kind has to look like. */
export function patternOf(kind: string): RegExp | undefined {
  const pattern = kind === "numeraire" ? rootSchema.properties!.numeraire.pattern : patterns.get(kind);
  return pattern === undefined ? undefined : new RegExp(pattern);
}

/** What a name of a kind has to look like, in words. */
export function nameRule(kind: string | undefined): string {
  if (kind === "numeraire") return l10n.t("It has letters and digits and starts with a letter.");
  return kind === "asset"
    ? l10n.t(
        "An asset's name has letters, digits, dots, dashes and underscores, and at least one letter before any of the latter.",
      )
    : l10n.t("A name starts with a letter or digit and has letters, digits, spaces and . _ - + /.");
}

import * as l10n from "@vscode/l10n";
import { formatQuantity } from "./format-quantity";
import { meantKeys } from "./keys";
import { type Flaw, keyFlaw, keyName, type Site } from "./sites";
import { listed } from "./suggest";
import type { Entry, MapNode, Node } from "./tree";

/** Keys that exclude, require or complete each other, and shares that must add up. */
export function relationFlaws(sites: readonly Site[], values: ReadonlyMap<Node, number>): Flaw[] {
  return sites.flatMap((site) => {
    if (site.node.kind !== "map") return [];
    return [...groupFlaws(site, site.node), ...shareFlaws(site, site.node, values)];
  });
}

function groupFlaws(site: Site, map: MapNode): Flaw[] {
  const { schema } = site;
  if (!schema.properties) return [];
  const incomplete = incompleteGroups(site, map);
  const lacking = new Set(incomplete.map((group) => group.lacks));
  const exclusive = (schema.exclusiveProperties ?? []).flatMap((group) => exclusiveFlaw(site, map, group));
  const required = (schema.requiresOneOf ?? []).filter((group) => !group.some((key) => lacking.has(key)));
  const missing = exclusive.length > 0 ? [] : required.flatMap((group) => choiceFlaw(site, map, group));
  return [...exclusive, ...missing, ...incomplete.map((group) => group.flaw)];
}

function exclusiveFlaw(site: Site, map: MapNode, group: readonly string[]): Flaw[] {
  const [first, second] = [...map.entries.values()].filter((entry) => group.includes(entry.key));
  if (!second) return [];
  const message = l10n.t(
    "{0} has both `{1}` and `{2}`; keep one of {3}.",
    keyName(site),
    first.key,
    second.key,
    listed(group),
  );
  const flaw = keyFlaw({ ...site, entry: second }, { rule: "exclusive-keys", message }, [
    { message: l10n.t("The other one: `{0}`.", first.key), span: first.keySpan },
  ]);
  return [{ ...flaw, drops: [[...site.path, second.key]] }];
}

function choiceFlaw(site: Site, map: MapNode, group: readonly string[]): Flaw[] {
  const keys = meantKeys(site.schema, map);
  if (group.some((key) => keys.has(key))) return [];
  return [
    keyFlaw(site, {
      rule: "missing-key",
      message: l10n.t("{0} needs one of {1}.", keyName(site), listed(group)),
    }),
  ];
}

interface Incomplete {
  readonly lacks: string;
  readonly flaw: Flaw;
}

/** Keys that do nothing without a sibling, one flaw a missing sibling. */
function incompleteGroups(site: Site, map: MapNode): Incomplete[] {
  const keys = meantKeys(site.schema, map);
  const users = new Map<string, Entry[]>();
  for (const entry of map.entries.values()) {
    const needed = Object.hasOwn(site.schema.properties!, entry.key)
      ? resolvedWith(site, entry.key)
      : undefined;
    if (needed && !keys.has(needed)) users.set(needed, [...(users.get(needed) ?? []), entry]);
  }
  return [...users].map(([lacks, entries]) => ({ lacks, flaw: incompleteFlaw(site, lacks, entries) }));
}

function resolvedWith(site: Site, key: string): string | undefined {
  return site.schema.properties![key].with;
}

function incompleteFlaw(site: Site, lacks: string, [first, ...others]: readonly Entry[]): Flaw {
  const message = l10n.t("`{0}` does nothing without `{1}`; add it or remove `{0}`.", first.key, lacks);
  const related = others.map((entry) => ({
    message: l10n.t("`{0}` needs `{1}` too.", entry.key, lacks),
    span: entry.keySpan,
  }));
  return keyFlaw(
    { ...site, entry: first, node: first.value },
    { rule: "incomplete-group", message },
    related,
  );
}

/** Written shares are decimals, so their sum may be off by rounding. */
const SHARE_TOLERANCE = 1e-9;

function shareFlaws(site: Site, map: MapNode, values: ReadonlyMap<Node, number>): Flaw[] {
  if (!site.schema.sharesOfOne || map.entries.size === 0) return [];
  const shares = [...map.entries.values()].map(({ value }) => values.get(value) ?? Number.NaN);
  if (shares.some((share) => share < 0 || share > 1)) return [];
  const sum = shares.reduce((total, share) => total + share, 0);
  if (Number.isNaN(sum) || Math.abs(sum - 1) <= SHARE_TOLERANCE) return [];
  const total = formatQuantity(sum, { dimension: "ratio" }, { digits: 6 });
  return [
    keyFlaw(site, {
      rule: "shares-of-one",
      message: l10n.t("The shares add up to {0}; they must add up to 100%.", total),
    }),
  ];
}

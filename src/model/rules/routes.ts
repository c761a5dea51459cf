import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { ruleSetOf } from "../../engine/markets/rule-sets";
import { listingsOf } from "../listings";
import { routesOver } from "../routes";
import { list } from "../text";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const routeRules: readonly StaticRule[] = [noRoute];

/** Collateral that cannot be swapped into debt is never sold: nothing fills. A venue half written or of one asset may be the route. */
function noRoute(draft: Draft): Finding[] {
  const venues = entries(draft.venues);
  const pairs = venues.flatMap(([, { pair }]) =>
    pair?.[0] !== undefined && pair[1] !== undefined && pair[0] !== pair[1]
      ? [[pair[0], pair[1]] as const]
      : [],
  );
  if (pairs.length < venues.length) return [];
  if (pairs.length === 0) return selling(draft).map(([name]) => withoutVenues(name));
  const traded = new Set(pairs.flat());
  const hasRoute = routesOver(pairs);
  return [...reservesWithout(draft, traded), ...booksWithout(draft, traded, hasRoute)];
}

/** The markets whose liquidations need venues. */
function selling({ markets }: Draft) {
  return entries(markets).filter(([, { rules }]) => rules === undefined || !ruleSetOf(rules).sellsNothing);
}

function withoutVenues(market: string): Finding {
  const message = l10n.t(
    "There are no venues: collateral of market {0} cannot be sold and debt cannot be bought, so nothing is liquidated. Add venues that lead from each collateral to each debt.",
    market,
  );
  return { rule: "no-route", severity: "warning", path: ["markets", market], at: "key", message };
}

function reservesWithout(draft: Draft, traded: ReadonlySet<string>): Finding[] {
  return selling(draft).flatMap(([name, market]) =>
    listingsOf(market)
      .filter(({ asset, threshold }) => threshold && threshold.value > 0 && !traded.has(asset))
      .map(({ asset, path, at }) => ({
        rule: "no-route",
        severity: "warning",
        path: ["markets", name, ...path],
        at,
        message: l10n.t(
          "No venue trades {0}: as collateral it cannot be sold, so nothing is liquidated that is held in it. Add a venue for it.",
          asset,
        ),
      })),
  );
}

interface Owed {
  readonly asset: string;
  readonly path: Finding["path"];
  readonly at?: "key";
  /** Collateral of the accounts that owe it. */
  readonly held: ReadonlySet<string>;
}

function booksWithout(
  draft: Draft,
  traded: ReadonlySet<string>,
  hasRoute: (from: string, to: string) => boolean,
): Finding[] {
  const safe = new Set([...traded].filter((debt) => [...traded].every((asset) => hasRoute(asset, debt))));
  const markets = new Set(selling(draft).map(([name]) => name));
  const books = entries(draft.books).filter(([, { market }]) => market === undefined || markets.has(market));
  return books.flatMap(([name, book]) =>
    [
      ...owedByPositions(name, book, safe),
      ...owedByGenerator(name, book),
      ...owedByNewPositions(name, book),
    ].flatMap(({ asset, path, at, held }): Finding[] => {
      const stuck = [...held].filter((collateral) => traded.has(collateral) && !hasRoute(collateral, asset));
      if (stuck.length === 0) return [];
      const message = l10n.t(
        "No venues lead from {0} to {1}, which these accounts owe: nothing of them is liquidated. Add a venue, or chain venues over a common asset.",
        list(stuck.sort()),
        asset,
      );
      return [{ rule: "no-route", severity: "warning", path, at, message }];
    }),
  );
}

type Book = NonNullable<NonNullable<Draft["books"]>[string]>;

/** Debts of a list that are not safe to be bought, each at the first position that has it. */
function owedByPositions(name: string, { positions = [] }: Book, safe: ReadonlySet<string>): Owed[] {
  const isOpen = (asset: string | undefined) => asset !== undefined && !safe.has(asset);
  if (!positions.some((position) => position?.side === "debt" && isOpen(position.asset))) return [];
  const heldBy = new Map<string, Set<string>>();
  for (const position of positions) {
    if (position?.side !== "collateral" || position.account === undefined || position.asset === undefined)
      continue;
    heldBy.set(position.account, (heldBy.get(position.account) ?? new Set()).add(position.asset));
  }
  const owed = new Map<string, Owed & { held: Set<string> }>();
  positions.forEach((position, index) => {
    if (position?.side !== "debt" || position.account === undefined || position.asset === undefined) return;
    const { asset } = position;
    const known = owed.get(asset) ?? {
      asset,
      path: ["books", name, "positions", index, "asset"],
      held: new Set<string>(),
    };
    for (const held of heldBy.get(position.account) ?? []) known.held.add(held);
    owed.set(asset, known);
  });
  return [...owed.values()];
}

/** Each new account owes one asset and has one of the collaterals that are filled. */
function owedByNewPositions(name: string, { fill, newPositions }: Book): Owed[] {
  const held = new Set(Object.keys(fill ?? {}));
  const at = (...path: string[]) => ["books", name, "newPositions", ...path];
  const { debt, debts } = newPositions ?? {};
  const single: Owed[] = debt === undefined ? [] : [{ asset: debt, path: at("debt"), held }];
  const several = entries(debts).map(
    ([asset]): Owed => ({ asset, path: at("debts", asset), at: "key", held }),
  );
  return [...single, ...several];
}

function owedByGenerator(name: string, { generate }: Book): Owed[] {
  const held = new Set(entries(generate?.collateral).map(([asset]) => asset));
  return entries(generate?.debt).map(([asset]) => ({
    asset,
    path: ["books", name, "generate", "debt", asset],
    at: "key",
    held,
  }));
}

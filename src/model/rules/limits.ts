import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const limitRules: readonly StaticRule[] = [
  statisticRules,
  amplificationAsset,
  needlessScope,
  assetHeld,
  measuresNothing,
];

type Limit = NonNullable<NonNullable<Draft["limits"]>[number]>;

function eachLimit(
  draft: Draft,
  check: (limit: Limit, path: readonly (string | number)[]) => Finding[],
): Finding[] {
  return (draft.limits ?? []).flatMap((limit, index) => (limit ? check(limit, ["limits", index]) : []));
}

/** A statistic is over paths, and a quantile needs its level. */
function statisticRules(draft: Draft): Finding[] {
  return eachLimit(draft, (limit, path): Finding[] => {
    const scenario = limit.in === undefined ? undefined : draft.scenarios?.[limit.in];
    if (scenario?.["monte-carlo"] && limit.statistic === undefined) {
      const message = l10n.t(
        'Scenario {0} has many paths: say which statistic of them the limit is on. Write "statistic: mean", "var", "es" or "max" (var and es with a level).',
        limit.in!,
      );
      return [{ rule: "missing-statistic", severity: "error", path: [...path, "metric"], message }];
    }
    if ((scenario?.shock || scenario?.crisis) && limit.statistic !== undefined) {
      const message =
        limit.level === undefined
          ? l10n.t(
              'Scenario {0} has a single path, and so no statistic. Remove "statistic", or name a Monte Carlo scenario.',
              limit.in!,
            )
          : l10n.t(
              'Scenario {0} has a single path, and so no statistic. Remove "statistic" and "level", or name a Monte Carlo scenario.',
              limit.in!,
            );
      return [{ rule: "statistic-of-shock", severity: "error", path: [...path, "statistic"], message }];
    }
    return levelRules(limit, path);
  });
}

function levelRules(limit: Limit, path: readonly (string | number)[]): Finding[] {
  const isQuantile = limit.statistic === "var" || limit.statistic === "es";
  if (isQuantile && limit.level === undefined) {
    const message = l10n.t('{0} needs a confidence level. Write for example "level: 95%".', limit.statistic!);
    return [{ rule: "missing-level", severity: "error", path: [...path, "statistic"], message }];
  }
  if (!isQuantile && limit.statistic !== undefined && limit.level !== undefined) {
    const message = l10n.t(
      "The statistic {0} has no level. Remove it, or choose var or es.",
      limit.statistic,
    );
    return [{ rule: "needless-level", severity: "error", path: [...path, "level"], message }];
  }
  return [];
}

function amplificationAsset(draft: Draft): Finding[] {
  return eachLimit(draft, (limit, path): Finding[] => {
    if (limit.metric !== "amplification" || limit.asset !== undefined) return [];
    const message = l10n.t('Amplification is of one asset\'s price. Name it with "asset".');
    return [{ rule: "missing-asset", severity: "error", path: [...path, "metric"], message }];
  });
}

/** Metrics that are kept apart by collateral, or by the asset owed; amplification is of one asset and of no market. */
const BY_ASSET: readonly (Limit["metric"] | undefined)[] = [
  "bad-debt",
  "uncovered-loss",
  "backstop-used",
  "liquidated-value",
  "amplification",
];

/** Of them, those that are kept apart by the asset owed. */
const BY_DEBT: readonly (Limit["metric"] | undefined)[] = ["uncovered-loss", "backstop-used"];

function needlessScope(draft: Draft): Finding[] {
  return eachLimit(draft, ({ metric, asset, market, vault }, path): Finding[] => {
    if (metric === undefined) return [];
    const isOfVaults = OF_VAULTS.includes(metric);
    if (vault !== undefined && !isOfVaults) {
      const message = l10n.t(
        '{0} is not of vaults. Remove "vault", or choose vault-loss or withdrawable.',
        metric,
      );
      return [{ rule: "needless-scope", severity: "error", path: [...path, "vault"], message }];
    }
    if (asset !== undefined && !BY_ASSET.includes(metric)) {
      const message = l10n.t(
        '{0} is not kept apart by asset: it is of whole markets. Remove "asset", or choose bad-debt or liquidated-value.',
        metric,
      );
      return [{ rule: "needless-scope", severity: "error", path: [...path, "asset"], message }];
    }
    if (market !== undefined && isOfVaults) {
      const message = l10n.t('{0} is of vaults, over all of their markets. Remove "market".', metric);
      return [{ rule: "needless-scope", severity: "error", path: [...path, "market"], message }];
    }
    if (market === undefined || metric !== "amplification") return [];
    const message = l10n.t(
      'Amplification is of an asset\'s price, which all markets share. Remove "market".',
    );
    return [{ rule: "needless-scope", severity: "error", path: [...path, "market"], message }];
  });
}

/** Metrics of vaults, which are of all of them or of one. */
const OF_VAULTS: readonly (Limit["metric"] | undefined)[] = ["vault-loss", "withdrawable"];

/** Nothing is used of what is not there, and it has no losses. */
function measuresNothing(draft: Draft): Finding[] {
  return eachLimit(draft, ({ metric }, path): Finding[] => {
    const at = { rule: "measures-nothing", severity: "warning", path: [...path, "metric"] } as const;
    if (metric === "backstop-used" && (draft.backstops ?? []).length === 0) {
      const message = l10n.t(
        "There are no backstops to be used, so this limit measures nothing. Write them under `backstops`.",
      );
      return [{ ...at, message }];
    }
    if (!OF_VAULTS.includes(metric) || entries(draft.vaults).length > 0) return [];
    const message = l10n.t("There are no vaults, so this limit measures nothing. Write them under `vaults`.");
    return [{ ...at, message }];
  });
}

/** Books from files are not known here. */
function assetHeld(draft: Draft): Finding[] {
  if (entries(draft.books).some(([, book]) => book.file !== undefined)) return [];
  if (entries(draft.books).length === 0) return [];
  return eachLimit(draft, (limit, path): Finding[] => {
    const { asset, metric, market } = limit;
    if (asset === undefined || metric === undefined || metric === "amplification") return [];
    const books = entries(draft.books).filter(([, book]) => market === undefined || book.market === market);
    const side = BY_DEBT.includes(metric) ? "debt" : "collateral";
    if (books.some(([, book]) => assetsOn(side, book).includes(asset))) return [];
    const message = side === "debt" ? notOwed(asset, market) : notHeld(asset, market);
    return [{ rule: "asset-not-held", severity: "warning", path: [...path, "asset"], message }];
  });
}

function notHeld(asset: string, market: string | undefined): string {
  return market === undefined
    ? l10n.t(
        "No book holds {0} as collateral, so this limit measures nothing. Name a collateral asset of the books.",
        asset,
      )
    : l10n.t(
        "No book of market {0} holds {1} as collateral, so this limit measures nothing. Name a collateral asset of the books.",
        market,
        asset,
      );
}

function notOwed(asset: string, market: string | undefined): string {
  return market === undefined
    ? l10n.t(
        "No book owes {0}, so this limit measures nothing. Name an asset that accounts of the books owe.",
        asset,
      )
    : l10n.t(
        "No book of market {0} owes {1}, so this limit measures nothing. Name an asset that accounts of the books owe.",
        market,
        asset,
      );
}

function assetsOn(
  side: "collateral" | "debt",
  { positions = [], generate, fill, newPositions }: NonNullable<NonNullable<Draft["books"]>[string]>,
): (string | undefined)[] {
  const listed = positions.flatMap((position) => (position?.side === side ? [position.asset] : []));
  const fresh =
    side === "collateral"
      ? Object.keys(fill ?? {})
      : [newPositions?.debt, ...Object.keys(newPositions?.debts ?? {})];
  return [...listed, ...Object.keys(generate?.[side] ?? {}), ...fresh];
}

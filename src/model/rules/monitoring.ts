import * as l10n from "@vscode/l10n";
import { formatQuantity } from "../../dsl/format-quantity";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { sentences } from "../../dsl/sentences";
import { YEAR } from "../../engine/year";
import { listingsOf } from "../listings";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const monitoringRules: readonly StaticRule[] = [stepMissesReports];

/** How often an oracle that markets read reports, and what says so. */
interface Reports {
  readonly oracle: string;
  readonly key: "heartbeat" | "deviation";
  /** Seconds. */
  readonly every: number;
}

/** Prices move once a step, so an account that is under water between two steps only is not seen. */
function stepMissesReports(draft: Draft): Finding[] {
  const reports = mostFrequent(draft);
  if (!reports) return [];
  const { oracle, key, every } = reports;
  return entries(draft.scenarios).flatMap(([name, scenario]): Finding[] => {
    const { step } = scenario["monte-carlo"] ?? {};
    if (step === undefined || step <= every) return [];
    const most = duration(every);
    const message = sentences(
      l10n.t(
        "Oracle {0} reports about every {1}, but prices move only once in a step of {2}: accounts that are under water in between are missed.",
        oracle,
        most,
        duration(step),
      ),
      l10n.t("Shorten the step to at most {0}.", most),
    );
    return [
      {
        rule: "step-misses-reports",
        severity: "warning",
        path: ["scenarios", name, "monte-carlo", "step"],
        message,
        related: [{ path: ["oracles", oracle, key], message: l10n.t("How often the oracle reports.") }],
        fix: { title: l10n.t("Shorten to {0}", most), value: most },
      },
    ];
  });
}

function mostFrequent(draft: Draft): Reports | undefined {
  const all = readOracles(draft).flatMap((oracle) => reportsOf(draft, oracle));
  return all.sort((a, b) => a.every - b.every)[0];
}

/** Feeds that markets read, also through rates on them. */
function readOracles({ markets, oracles }: Draft): string[] {
  const read = entries(markets).flatMap(([, market]) =>
    listingsOf(market).flatMap(({ oracle }) => (oracle ? [oracle.name] : [])),
  );
  const found = new Set(read);
  for (const name of found) {
    const base = oracles?.[name]?.base;
    if (base !== undefined) found.add(base);
  }
  return [...found];
}

/** A price of volatility v leaves a band of d on either side after (d / v)^2 years in the mean. */
function reportsOf({ oracles, assets }: Draft, oracle: string): Reports[] {
  const { of = "", heartbeat, deviation } = oracles?.[oracle] ?? {};
  const asset = assets?.[of];
  const volatility = asset?.volatility ?? asset?.stable?.volatility ?? 0;
  return [
    ...(heartbeat === undefined ? [] : [{ oracle, key: "heartbeat" as const, every: heartbeat }]),
    ...(deviation === undefined || volatility === 0
      ? []
      : [{ oracle, key: "deviation" as const, every: (deviation / volatility) ** 2 * YEAR }]),
  ];
}

/** Whole minutes, where there are any. */
function duration(seconds: number): string {
  const unit = seconds < 60 ? 1 : 60;
  return formatQuantity(Math.max(1, Math.floor(seconds / unit)) * unit, { dimension: "duration" });
}

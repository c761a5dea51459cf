import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import type { Dynamics } from "../../generated/risk-file";
import { jumpVariance } from "../build-dynamics";
import { figure, percent } from "../text";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const dynamicsRules: readonly StaticRule[] = [jumpsAboveVolatility];

/** An asset's volatility counts its jumps, so what is left for the diffusion must not be negative. */
function jumpsAboveVolatility({ assets, scenarios }: Draft): Finding[] {
  const [calmest] = entries(assets)
    .flatMap(([name, { volatility }]) => (volatility === undefined ? [] : [{ name, volatility }]))
    .sort((a, b) => a.volatility - b.volatility);
  if (!calmest) return [];
  return entries(scenarios).flatMap(([name, scenario]): Finding[] => {
    const dynamics = scenario["monte-carlo"]?.dynamics;
    if (dynamics?.model !== "jump-diffusion" || dynamics.rate === undefined) return [];
    const variance = jumpVariance(dynamics as Dynamics);
    const share = (calmest.volatility * calmest.volatility) / variance;
    if (!(share < 1)) return [];
    return [
      {
        rule: "jumps-above-volatility",
        severity: "error",
        path: ["scenarios", name, "monte-carlo", "dynamics", "rate"],
        message: l10n.t(
          "Jumps alone have a volatility of {0} a year, and {1} has one of {2} with its jumps. Lower the rate to at most {3}/yr, make the jumps smaller, or raise the volatility.",
          percent(Math.sqrt(variance)),
          calmest.name,
          percent(calmest.volatility),
          figure(Math.floor(share * dynamics.rate * 1e4) / 1e4),
        ),
        related: [
          { path: ["assets", calmest.name, "volatility"], message: l10n.t("Counts the jumps as well.") },
        ],
      },
    ];
  });
}

import * as l10n from "@vscode/l10n";
import { formatQuantity } from "../../dsl/format-quantity";
import type { DeepPartial, Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { DEFAULT_INTERVAL, type Dynamics, jumpVariance } from "../build-dynamics";
import { figure, percent } from "../text";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const dynamicsRules: readonly StaticRule[] = [
  jumpsAboveVolatility,
  notStationary,
  stepLongerThanInterval,
];

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

function notStationary({ scenarios }: Draft): Finding[] {
  return entries(scenarios).flatMap(([name, scenario]): Finding[] => {
    const dynamics = scenario["monte-carlo"]?.dynamics;
    if (dynamics?.model !== "garch") return [];
    const { alpha, beta } = dynamics;
    if (alpha === undefined || beta === undefined || alpha + beta < 1) return [];
    const path = ["scenarios", name, "monte-carlo", "dynamics"];
    return [
      {
        rule: "garch-not-stationary",
        severity: "error",
        path: [...path, "beta"],
        message: l10n.t(
          "alpha and beta add up to {0}: the variance grows without end and has no long run. With this alpha, lower beta to less than {1}.",
          percent(alpha + beta),
          percent(1 - alpha),
        ),
        related: [{ path: [...path, "alpha"], message: l10n.t("The weight of the last move.") }],
      },
    ];
  });
}

/** A variance holds for an interval, or reverts; a step must not be longer. */
function stepLongerThanInterval({ scenarios }: Draft): Finding[] {
  return entries(scenarios).flatMap(([name, scenario]): Finding[] => {
    const { step, horizon, dynamics } = scenario["monte-carlo"] ?? {};
    const longest = dynamics && longestStep(dynamics);
    if (step === undefined || longest === undefined || step <= longest) return [];
    if (horizon !== undefined && step > horizon) return [];
    const written = formatQuantity(longest, { dimension: "duration" });
    const message =
      dynamics?.model === "heston"
        ? l10n.t(
            "The step is longer than the {0} in which half of the variance reverts. Shorten it to at most {0}, or lengthen the reversion.",
            written,
          )
        : l10n.t(
            "The step is longer than the {0} for which the dynamics have one variance. Shorten it to at most {0}, or lengthen the interval.",
            written,
          );
    const path = ["scenarios", name, "monte-carlo"];
    const related = [{ path: [...path, "dynamics"], message: l10n.t("The dynamics.") }];
    return [
      { rule: "step-longer-than-interval", severity: "error", path: [...path, "step"], message, related },
    ];
  });
}

function longestStep(dynamics: DeepPartial<Dynamics>): number | undefined {
  if (dynamics.model === "heston") return dynamics.reversion;
  const hasIntervals = dynamics.model === "student-t" || dynamics.model === "garch";
  return hasIntervals ? (dynamics.interval ?? DEFAULT_INTERVAL) : undefined;
}

import * as l10n from "@vscode/l10n";
import { formatQuantity } from "../../dsl/format-quantity";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const scenarioRules: readonly StaticRule[] = [stepLongerThanHorizon, tooManySteps];

/** A year of five-minute steps. */
const MOST_STEPS = 105_120;

function tooManySteps({ scenarios }: Draft): Finding[] {
  return entries(scenarios).flatMap(([name, scenario]): Finding[] => {
    const { step, horizon } = scenario["monte-carlo"] ?? {};
    if (step === undefined || horizon === undefined || horizon / step <= MOST_STEPS) return [];
    const steps = Math.ceil(horizon / step).toLocaleString("en-US");
    const shortest = formatQuantity(Math.ceil(horizon / MOST_STEPS), { dimension: "duration" });
    return [
      {
        rule: "too-many-steps",
        severity: "error",
        path: ["scenarios", name, "monte-carlo", "step"],
        message: l10n.t(
          "A path of this horizon would have {0} steps; at most {1} are simulated. Lengthen the step to at least {2}, or shorten the horizon.",
          steps,
          MOST_STEPS.toLocaleString("en-US"),
          shortest,
        ),
        related: [{ path: ["scenarios", name, "monte-carlo", "horizon"], message: l10n.t("The horizon.") }],
      },
    ];
  });
}

function stepLongerThanHorizon({ scenarios }: Draft): Finding[] {
  return entries(scenarios).flatMap(([name, scenario]): Finding[] => {
    const { step, horizon } = scenario["monte-carlo"] ?? {};
    if (step === undefined || horizon === undefined || step <= horizon) return [];
    return [
      {
        rule: "step-longer-than-horizon",
        severity: "error",
        path: ["scenarios", name, "monte-carlo", "step"],
        message: l10n.t(
          "The step is longer than the horizon of the paths. Shorten it: a path needs at least one step.",
        ),
        related: [{ path: ["scenarios", name, "monte-carlo", "horizon"], message: l10n.t("The horizon.") }],
      },
    ];
  });
}

import type { RiskFile } from "../dsl/parse";
import type { Liquidator, Scenario } from "../engine/model";

const DEFAULT_HOLD = 3600;

/** Scenarios in order of the file, all with feedback. */
export function buildScenarios(file: RiskFile): Scenario[] {
  const assets = Object.keys(file.assets);
  return Object.entries(file.scenarios ?? {}).flatMap(([name, entry]): Scenario[] => {
    const monteCarlo = entry["monte-carlo"];
    if (monteCarlo) return [{ kind: "monte-carlo", name, ...monteCarlo, feedback: true }];
    const { shock, over = 0, hold = DEFAULT_HOLD } = entry;
    if (!shock) return [];
    const moves = Float64Array.from(assets, (asset) => shock[asset] ?? 0);
    return [{ kind: "shock", name, moves, over, hold, feedback: true }];
  });
}

/** Liquidators in order of name. */
export function buildLiquidators(file: RiskFile): Liquidator[] {
  const assets = Object.keys(file.assets);
  const groups = file.liquidators ?? {};
  return Object.keys(groups)
    .sort()
    .map((name) => {
      const { gas, minProfit = 0, reaction = 0 } = groups[name];
      return {
        name,
        gasUnits: gas?.units ?? 0,
        gasPrice: gas?.price ?? 0,
        gasAsset: gas ? assets.indexOf(gas.asset) : -1,
        minProfit,
        reaction,
      };
    });
}

import type { Model, Scenario } from "../engine/model";
import { assetHoldings } from "./holdings";

/** Assets whose fall can hurt somebody: what accounts hold as collateral, and what that is pegged to. */
export function fallingAssets(model: Model): string[] {
  const held = collateralValue(model);
  const falls = held.map((value) => value > 0);
  for (let i = 0; i < model.assets.length; i++) markBases(model, i, falls);
  return model.assets.filter((_, index) => falls[index]).map(({ name }) => name);
}

/** The first asset that a shock or replay lets fall, else the one most held as collateral; undefined when none is held. */
export function firstFalling(model: Model, scenarios: readonly Scenario[]): string | undefined {
  for (const scenario of scenarios) {
    const index = fallingIn(scenario);
    if (index >= 0) return model.assets[index].name;
  }
  const held = collateralValue(model);
  const most = held.indexOf(Math.max(...held));
  return held[most] > 0 ? model.assets[most].name : undefined;
}

function fallingIn(scenario: Scenario): number {
  if (scenario.kind === "shock") return scenario.moves.findIndex((move) => move < 0);
  if (scenario.kind === "monte-carlo") return -1;
  return scenario.levels.findIndex((path) => path?.value.some((level) => level < 1));
}

function markBases(model: Model, index: number, falls: boolean[]): void {
  const asset = model.assets[index];
  if (!falls[index] || asset.kind !== "pegged") return;
  falls[asset.base] = true;
  markBases(model, asset.base, falls);
}

/** By asset, at start prices. */
function collateralValue(model: Model): number[] {
  return assetHoldings(model).map(({ collateral }, index) => collateral * model.assets[index].price);
}

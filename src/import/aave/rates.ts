import type { Hex } from "viem";
import type { Chain } from "../chain";
import * as abi from "./abi";
import type { ReserveData } from "./deployment";

/** A reserve's interest by its use, in ray; rates a year. */
export interface Curve {
  readonly optimal: bigint;
  readonly base: bigint;
  readonly slope1: bigint;
  readonly slope2: bigint;
}

const now = [
  "getOptimalUsageRatio",
  "getBaseVariableBorrowRate",
  "getVariableRateSlope1",
  "getVariableRateSlope2",
];
const before = ["OPTIMAL_USAGE_RATIO", ...now.slice(1)];

/** By reserve; undefined where the strategy is of another form. */
export async function readCurves(
  chain: Chain,
  assets: readonly Hex[],
  data: readonly ReserveData[],
): Promise<(Curve | undefined)[]> {
  const calls = assets.flatMap((asset, i) => {
    const to = data[i].interestRateStrategyAddress;
    return [
      ...now.map((name) => ({ to, abi: abi.rates, name, args: [asset] })),
      ...before.map((name) => ({ to, abi: abi.oldRates, name })),
    ];
  });
  const answers = await chain.ask<bigint>(calls);
  return assets.map((_, i) => {
    const own = answers.slice(8 * i, 8 * i + 8);
    return curveOf(own.slice(0, 4)) ?? curveOf(own.slice(4));
  });
}

function curveOf([optimal, base, slope1, slope2]: readonly (bigint | undefined)[]): Curve | undefined {
  if (optimal === undefined || base === undefined || slope1 === undefined || slope2 === undefined)
    return undefined;
  return { optimal, base, slope1, slope2 };
}

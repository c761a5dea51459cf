import type { Hex } from "viem";
import type { Call, Chain } from "../chain";
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
  const strategies = data.map(({ interestRateStrategyAddress }) => interestRateStrategyAddress);
  const optimal = await chain.ask<bigint>(
    assets.map((asset, i) => ({ to: strategies[i], abi: abi.rates, name: now[0], args: [asset] })),
  );
  const answers = await chain.ask<bigint>(
    assets.flatMap((asset, i): Call[] =>
      optimal[i] === undefined
        ? before.map((name) => ({ to: strategies[i], abi: abi.oldRates, name }))
        : now.map((name) => ({ to: strategies[i], abi: abi.rates, name, args: [asset] })),
    ),
  );
  return assets.map((_, i) => curveOf(answers.slice(4 * i, 4 * i + 4)));
}

function curveOf([optimal, base, slope1, slope2]: readonly (bigint | undefined)[]): Curve | undefined {
  if (optimal === undefined || base === undefined || slope1 === undefined || slope2 === undefined)
    return undefined;
  return { optimal, base, slope1, slope2 };
}

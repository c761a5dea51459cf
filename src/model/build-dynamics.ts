import type { RiskFile } from "../dsl/parse";
import { secondMoment } from "../engine/dynamics/jumps";
import { log } from "../engine/math/log";
import type { GarchTerms, JumpSize, PriceDynamics } from "../engine/model";

type MonteCarlo = NonNullable<NonNullable<RiskFile["scenarios"]>[string]["monte-carlo"]>;
export type Dynamics = NonNullable<MonteCarlo["dynamics"]>;
type DynamicsOf<Model extends Dynamics["model"]> = Extract<Dynamics, { model: Model }>;

export function buildDynamics(dynamics: Dynamics): PriceDynamics {
  const { drift = 0 } = dynamics;
  if (dynamics.model === "gbm") return { model: "gbm", drift };
  if (dynamics.model === "student-t")
    return { model: "garch", drift, ...WITHOUT_MEMORY, ...overIntervals(dynamics) };
  if (dynamics.model === "garch") {
    const { alpha, beta, start = 1 } = dynamics;
    return { model: "garch", drift, alpha, beta, start, ...overIntervals(dynamics) };
  }
  if (dynamics.model === "heston") {
    const { reversion, volatilityOfVariance: volatility, correlation = 0, start = 1 } = dynamics;
    return { model: "heston", drift, reversion, volatility, correlation, start };
  }
  const { rate, common = 0 } = dynamics;
  return { model: "jump-diffusion", drift, jumps: { rate, size: sizeOf(dynamics) }, common };
}

const WITHOUT_MEMORY = { alpha: 0, beta: 0, start: 1 } as const;
export const DEFAULT_INTERVAL = 86_400;

function overIntervals({
  interval = DEFAULT_INTERVAL,
  degreesOfFreedom = Number.POSITIVE_INFINITY,
}: Partial<Omit<DynamicsOf<"student-t">, "model">>): Pick<GarchTerms, "interval" | "degreesOfFreedom"> {
  return { interval, degreesOfFreedom };
}

/** What jumps add to the variance of a free asset's log returns a year. */
export function jumpVariance(dynamics: Dynamics): number {
  return dynamics.model === "jump-diffusion" ? dynamics.rate * secondMoment(sizeOf(dynamics)) : 0;
}

function sizeOf({ normal, "double-exponential": exponential }: DynamicsOf<"jump-diffusion">): JumpSize {
  if (exponential) return { kind: "double-exponential", ...exponential };
  return normalSize(normal ?? { size: 0 });
}

/** `size` is the median move, so its log is the mean of the log sizes. */
export function normalSize({ size, spread = 0 }: { size: number; spread?: number }): JumpSize {
  return { kind: "normal", mean: log(1 + size), spread };
}

import { secondMoment } from "../engine/dynamics/jumps";
import { log } from "../engine/math/log";
import type { JumpSize, PriceDynamics } from "../engine/model";
import type { Dynamics, JumpDiffusionDynamics } from "../generated/risk-file";

export function buildDynamics(dynamics: Dynamics): PriceDynamics {
  const { drift = 0 } = dynamics;
  if (dynamics.model === "gbm") return { model: "gbm", drift };
  const { rate, common = 0 } = dynamics;
  return { model: "jump-diffusion", drift, jumps: { rate, size: sizeOf(dynamics) }, common };
}

/** What jumps add to the variance of a free asset's log returns a year. */
export function jumpVariance(dynamics: Dynamics): number {
  return dynamics.model === "jump-diffusion" ? dynamics.rate * secondMoment(sizeOf(dynamics)) : 0;
}

function sizeOf({ normal, "double-exponential": exponential }: JumpDiffusionDynamics): JumpSize {
  if (exponential) return { kind: "double-exponential", ...exponential };
  return normalSize(normal ?? { size: 0 });
}

/** `size` is the median move, so its log is the mean of the log sizes. */
export function normalSize({ size, spread = 0 }: { size: number; spread?: number }): JumpSize {
  return { kind: "normal", mean: log(1 + size), spread };
}

import { exp } from "../math/exp";

/** Annual rate by utilisation. */
export type RateCurve = KinkedCurve | AdaptiveCurve | FixedRate;

/** Set by the protocol, whatever is lent. */
export interface FixedRate {
  readonly kind: "fixed";
  readonly rate: number;
}

/** Two slopes that meet at a kink. */
export interface KinkedCurve {
  readonly kind: "kinked";
  /** Utilisation at the kink. */
  readonly kink: number;
  /** Rate at utilisation 0. */
  readonly base: number;
  /** What a unit of utilisation adds below and above the kink. */
  readonly below: number;
  readonly above: number;
}

/** Morpho's: a curve through a rate at a target utilisation, and that rate moves while utilisation is off its target. */
export interface AdaptiveCurve {
  readonly kind: "adaptive";
  /** At the start. */
  readonly rateAtTarget: number;
}

export function kinkedRate({ kink, base, below, above }: KinkedCurve, utilisation: number): number {
  return base + below * Math.min(utilisation, kink) + above * Math.max(0, utilisation - kink);
}

/** What the curve comes to over some time. */
export interface Adapted {
  /** Average over the time. */
  readonly rate: number;
  /** At the end of it. */
  readonly rateAtTarget: number;
}

const TARGET = 0.9;
const STEEPNESS = 4;
/** A year, at full distance from the target. */
const ADJUSTMENT_SPEED = 50;
const LEAST_AT_TARGET = 0.001;
const MOST_AT_TARGET = 2;

/**
 * AdaptiveCurveIrm.sol of morpho-org/morpho-blue-irm: the rate at target grows or shrinks exponentially with the
 * distance of utilisation from the target; its average over the time is by the trapezoidal rule with the middle.
 */
export function adaptiveRate(rateAtTarget: number, utilisation: number, years: number): Adapted {
  const distance = (utilisation - TARGET) / (utilisation > TARGET ? 1 - TARGET : TARGET);
  const steepness = distance < 0 ? 1 - 1 / STEEPNESS : STEEPNESS - 1;
  const after = (share: number) => bounded(rateAtTarget * exp(ADJUSTMENT_SPEED * distance * years * share));
  const end = after(1);
  const average = (rateAtTarget + end + 2 * after(0.5)) / 4;
  return { rate: (steepness * distance + 1) * average, rateAtTarget: end };
}

function bounded(rate: number): number {
  return Math.min(MOST_AT_TARGET, Math.max(LEAST_AT_TARGET, rate));
}

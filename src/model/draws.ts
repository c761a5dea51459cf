import { exp } from "../engine/math/exp";
import { inverseNormal } from "../engine/math/inverse-normal";
import { log } from "../engine/math/log";
import { uniform } from "../engine/random/uniform";

/** What is drawn for an account. Each draw has an address of its own, so that none depends on another. */
export const Purpose = { collateral: 0, debt: 1, debtValue: 2, gammaA: 3, gammaB: 4, size: 5 } as const;
const PURPOSES = 8;

/** A uniform number for an account, by what it is for. */
export type Draw = (purpose: number, counter?: number) => number;

/** The draws of account i, which depend on the seed and i alone. */
export function drawFor(seed: number, account: number): Draw {
  return (purpose, counter = 0) => uniform(seed, account * PURPOSES + purpose, counter);
}

export function drawNormal(draw: Draw, purpose: number): number {
  return inverseNormal(draw(purpose));
}

export interface Share {
  readonly asset: string;
  /** Sum of the shares up to this one. */
  readonly upTo: number;
}

/** In order of name, so that the order in the file does not change the book. */
export function shares(entries: Readonly<Record<string, number>>): Share[] {
  let upTo = 0;
  return Object.keys(entries)
    .sort()
    .filter((asset) => entries[asset] > 0)
    .map((asset) => {
      upTo += entries[asset];
      return { asset, upTo };
    });
}

/** The asset in whose part of the shares a number between 0 and 1 falls. */
export function pick(list: readonly Share[], u: number): string {
  const total = list[list.length - 1].upTo;
  return (list.find((share) => u * total < share.upTo) ?? list[list.length - 1]).asset;
}

/** A beta variate as X / (X + Y) of two gamma variates, in logarithms because small shapes underflow. */
export function drawBeta(draw: Draw, a: number, b: number): number {
  const logX = drawLogGamma(draw, Purpose.gammaA, a);
  const logY = drawLogGamma(draw, Purpose.gammaB, b);
  return 1 / (1 + exp(logY - logX));
}

/** Logarithm of a gamma variate. Marsaglia and Tsang, A simple method for generating gamma variables (2000). */
function drawLogGamma(draw: Draw, purpose: number, shape: number): number {
  if (shape < 1) return drawLogGamma(draw, purpose, shape + 1) + log(draw(purpose)) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let attempt = 1; ; attempt += 2) {
    const x = inverseNormal(draw(purpose, attempt));
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (log(draw(purpose, attempt + 1)) < 0.5 * x * x + d - d * v + d * log(v)) return log(d * v);
  }
}

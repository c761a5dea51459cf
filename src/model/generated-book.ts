import type { Position } from "../data/positions";
import type { RiskFile } from "../dsl/parse";
import { exp } from "../engine/math/exp";
import { inverseNormal } from "../engine/math/inverse-normal";
import { log } from "../engine/math/log";
import { uniform } from "../engine/random/uniform";

type Generator = NonNullable<NonNullable<RiskFile["books"]>[string]["generate"]>;

/** What is drawn for an account. Each draw has an address of its own, so that none depends on another. */
const Purpose = { collateral: 0, debt: 1, debtValue: 2, gammaA: 3, gammaB: 4 } as const;
const PURPOSES = 8;

/** Below it an account could not be liquidated in any scenario, and its collateral would grow without bound. */
const LEAST_LOAN_TO_VALUE = 0.001;

/**
 * Draws a book by debt value and loan-to-value: the debt in units is its value over the start price, the
 * collateral is the debt value over the loan-to-value. Account i depends on the seed and i alone, so a larger
 * count only adds accounts.
 * @param name prefix of the accounts' ids
 * @param price start price of an asset in the numeraire
 */
export function generateBook(
  name: string,
  generator: Generator,
  price: (asset: string) => number,
): Position[] {
  const collateral = shares(generator.collateral);
  const debt = shares(generator.debt);
  const [mean, deviation] = generator.debtValue.lognormal;
  const [a, b] = generator.loanToValue.beta;
  const positions: Position[] = [];
  for (let i = 0; i < generator.count; i++) {
    const draw: Draw = (purpose, counter = 0) => uniform(generator.seed, i * PURPOSES + purpose, counter);
    const value = exp(mean + deviation * inverseNormal(draw(Purpose.debtValue)));
    const loanToValue = Math.max(LEAST_LOAN_TO_VALUE, generator.loanToValue.max * drawBeta(draw, a, b));
    const held = pick(collateral, draw(Purpose.collateral));
    const owed = pick(debt, draw(Purpose.debt));
    const account = `${name}-${String(i + 1).padStart(6, "0")}`;
    const { emode } = generator;
    const amount = value / loanToValue / price(held);
    positions.push({ account, asset: held, side: "collateral", amount, emode });
    positions.push({ account, asset: owed, side: "debt", amount: value / price(owed), emode });
  }
  return positions;
}

type Draw = (purpose: number, counter?: number) => number;

interface Share {
  readonly asset: string;
  /** Sum of the shares up to this one. */
  readonly upTo: number;
}

/** In order of name, so that the order in the file does not change the book. */
function shares(entries: Readonly<Record<string, number>>): Share[] {
  let upTo = 0;
  return Object.keys(entries)
    .sort()
    .filter((asset) => entries[asset] > 0)
    .map((asset) => {
      upTo += entries[asset];
      return { asset, upTo };
    });
}

function pick(list: readonly Share[], u: number): string {
  const total = list[list.length - 1].upTo;
  return (list.find((share) => u * total < share.upTo) ?? list[list.length - 1]).asset;
}

/** A beta variate as X / (X + Y) of two gamma variates, in logarithms because small shapes underflow. */
function drawBeta(draw: Draw, a: number, b: number): number {
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

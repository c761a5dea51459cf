import type { Position } from "../data/positions";
import type { RiskFile } from "../dsl/parse";
import { exp } from "../engine/math/exp";
import { drawBeta, drawFor, drawNormal, Purpose, pick, shares } from "./draws";

type Generator = NonNullable<NonNullable<RiskFile["books"]>[string]["generate"]>;

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
    const draw = drawFor(generator.seed, i);
    const value = exp(mean + deviation * drawNormal(draw, Purpose.debtValue));
    const loanToValue = Math.max(LEAST_LOAN_TO_VALUE, generator.loanToValue.max * drawBeta(draw, a, b));
    const held = pick(collateral, draw(Purpose.collateral));
    const owed = pick(debt, draw(Purpose.debt));
    const account = accountName(name, i);
    const { emode } = generator;
    const amount = value / loanToValue / price(held);
    positions.push({ account, asset: held, side: "collateral", amount, emode });
    positions.push({ account, asset: owed, side: "debt", amount: value / price(owed), emode });
  }
  return positions;
}

/** Ids that sort in the order they are made in. */
export function accountName(book: string, index: number): string {
  return `${book}-${String(index + 1).padStart(6, "0")}`;
}

import { type Hex, zeroAddress } from "viem";
import { list } from "../../model/text";
import type { Chain } from "../chain";
import { ImportProblem } from "../import-problem";
import { kebabName } from "../names";
import { readTokens, type Token } from "../tokens";
import * as abi from "./abi";
import { accrued, adapted, type Totals } from "./accrual";

/** A market of Morpho Blue at a block, without its accounts. */
export interface MorphoMarket {
  readonly id: Hex;
  /** The market's name in the file. */
  readonly name: string;
  readonly collateral: Token;
  readonly loan: Token;
  /** Of one unit of collateral in units of the loan, with 36 decimals. */
  readonly price: bigint;
  /** With 18 decimals. */
  readonly lltv: bigint;
  /** Interest up to the block included. */
  readonly totals: Totals;
  /** A year. Absent: the market has another interest rate model than the adaptive curve, or none. */
  readonly rateAtTarget?: number;
}

interface Params {
  readonly loanToken: Hex;
  readonly collateralToken: Hex;
  readonly oracle: Hex;
  readonly irm: Hex;
  readonly lltv: bigint;
}

/** @throws ImportProblem where a market is not there, has no price, or lends another asset than the others */
export async function readMarkets(chain: Chain, morpho: Hex, ids: readonly Hex[]): Promise<MorphoMarket[]> {
  const params = await readParams(chain, morpho, ids);
  const totals = await readTotals(chain, morpho, ids);
  const prices = await chain.ask<bigint>(
    params.map(({ oracle }) => ({ to: oracle, abi: abi.oracle, name: "price" })),
  );
  const rates = await readRates(chain, params, totals);
  const targets = await chain.ask<bigint>(
    params.map(({ irm }, i) => ({ to: irm, abi: abi.adaptive, name: "rateAtTarget", args: [ids[i]] })),
  );
  const addresses = params.flatMap(({ loanToken, collateralToken }) => [loanToken, collateralToken]);
  const tokens = await readTokens(chain, distinct(addresses));
  const token = (address: Hex) => tokens.find((each) => each.address === address)!;
  const taken = new Set<string>();
  const markets = params.map(({ loanToken, collateralToken, lltv }, i): MorphoMarket => {
    const [collateral, loan] = [token(collateralToken), token(loanToken)];
    const name = kebabName(`${collateral.name} ${loan.name}`, taken, `market-${i + 1}`);
    taken.add(name);
    const target = targets[i];
    return {
      id: ids[i],
      name,
      collateral,
      loan,
      price: prices[i] || priceless(name, chain),
      lltv,
      totals: accrued(totals[i], rates[i], chain.time),
      ...(target !== undefined && { rateAtTarget: adapted(target, totals[i], chain.time) }),
    };
  });
  requireOneLoan(markets);
  return markets;
}

async function readParams(chain: Chain, morpho: Hex, ids: readonly Hex[]): Promise<Params[]> {
  const answers = await chain.need<readonly [Hex, Hex, Hex, Hex, bigint]>(
    ids.map((id) => ({ to: morpho, abi: abi.morpho, name: "idToMarketParams", args: [id] })),
  );
  return answers.map(([loanToken, collateralToken, oracle, irm, lltv], i) => {
    if (loanToken === zeroAddress || collateralToken === zeroAddress) throw absent(ids[i], chain);
    return { loanToken, collateralToken, oracle, irm, lltv };
  });
}

async function readTotals(chain: Chain, morpho: Hex, ids: readonly Hex[]): Promise<Totals[]> {
  const answers = await chain.need<readonly [bigint, bigint, bigint, bigint, bigint, bigint]>(
    ids.map((id) => ({ to: morpho, abi: abi.morpho, name: "market", args: [id] })),
  );
  return answers.map((of) => {
    const [totalSupplyAssets, totalSupplyShares, totalBorrowAssets, totalBorrowShares, lastUpdate, fee] = of;
    return { totalSupplyAssets, totalSupplyShares, totalBorrowAssets, totalBorrowShares, lastUpdate, fee };
  });
}

/** Rates of now, per second; a market without a model has none. */
async function readRates(
  chain: Chain,
  params: readonly Params[],
  totals: readonly Totals[],
): Promise<bigint[]> {
  const withModel = params.flatMap((each, i) => (each.irm === zeroAddress ? [] : [i]));
  const rates = await chain.need<bigint>(
    withModel.map((i) => ({
      to: params[i].irm,
      abi: abi.irm,
      name: "borrowRateView",
      args: [params[i], totals[i]],
    })),
  );
  return params.map((_, i) => rates[withModel.indexOf(i)] ?? 0n);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function absent(id: Hex, { id: chain, block }: Chain): ImportProblem {
  return new ImportProblem(
    `There is no market ${id} with a collateral on chain ${chain} at block ${block}. Check its id, the chain and the block.`,
  );
}

function priceless(market: string, { block }: Chain): never {
  throw new ImportProblem(
    `The oracle of market ${market} has no price at block ${block}. Choose another block, or leave the market out.`,
  );
}

/** Without a price of each in something else, nothing says what two loans are worth in one another. */
function requireOneLoan(markets: readonly MorphoMarket[]): void {
  const loans = distinct(markets.map(({ loan }) => loan.name));
  if (loans.length > 1)
    throw new ImportProblem(
      `The markets lend ${list(loans)}, and their oracles give prices in what they lend. Import the markets of each loan into a file of their own.`,
    );
}

import { type Hex, zeroAddress } from "viem";
import { list } from "../../model/text";
import { type Chain, requireCode } from "../chain";
import { ImportProblem } from "../import-problem";
import { erc20, readTokens, type Token } from "../tokens";
import * as abi from "./abi";
import { type Configuration, decodeConfiguration } from "./configuration";
import { type Emode, readEmodes } from "./emodes";
import { type Curve, readCurves } from "./rates";

/** An Aave v3 deployment at a block, without its accounts. */
export interface Deployment {
  readonly pool: Hex;
  /** From v3.3 on reserves have a deficit. */
  readonly rules: "aave-v3.0" | "aave-v3.3";
  readonly numeraire: string;
  /** Decimals of the oracle's prices. */
  readonly priceDecimals: number;
  readonly reserves: readonly Reserve[];
  readonly emodes: readonly Emode[];
  /** Assets by name that may be owed against isolated collateral. */
  readonly inIsolation: readonly string[];
}

export interface Reserve extends Token {
  /** Its place in the bitmaps of accounts and E-modes. */
  readonly id: number;
  readonly terms: Configuration;
  readonly price: bigint;
  readonly aToken: Hex;
  /** Variable, and where the version has it stable. */
  readonly debtTokens: readonly Hex[];
  readonly supplied: bigint;
  readonly borrowed: bigint;
  /** Debt without collateral that nobody has covered yet. */
  readonly deficit: bigint;
  /** Absent: the strategy has a form that is not known. */
  readonly curve?: Curve;
}

export interface ReserveData {
  readonly configuration: bigint;
  readonly id: number;
  readonly aTokenAddress: Hex;
  readonly stableDebtTokenAddress: Hex;
  readonly variableDebtTokenAddress: Hex;
  readonly interestRateStrategyAddress: Hex;
}

/** @throws ImportProblem where there is no Aave v3 */
export async function readDeployment(chain: Chain, provider: Hex): Promise<Deployment> {
  await requireProvider(chain, provider);
  const [pool, oracle] = await chain.need<Hex>([
    { to: provider, abi: abi.provider, name: "getPool" },
    { to: provider, abi: abi.provider, name: "getPriceOracle" },
  ]);
  const [listed] = await chain.need<readonly Hex[]>([{ to: pool, abi: abi.pool, name: "getReservesList" }]);
  const assets = listed.filter((asset) => asset !== zeroAddress);
  if (assets.length === 0)
    throw new ImportProblem(
      `The pool ${pool} has no reserves at block ${chain.block}. Choose a later block, or another provider.`,
    );
  const tokens = await readTokens(chain, assets);
  const { numeraire, priceDecimals, prices } = await readPrices(chain, oracle, tokens);
  const deficits = await readDeficits(chain, pool, assets);
  const reserves = await readReserves(chain, pool, tokens);
  const whole = reserves.map((reserve, i) => ({
    ...reserve,
    price: prices[i],
    deficit: deficits?.[i] ?? 0n,
  }));
  return {
    pool,
    rules: deficits ? "aave-v3.3" : "aave-v3.0",
    numeraire,
    priceDecimals,
    reserves: whole,
    emodes: await readEmodes(chain, pool, whole),
    inIsolation: whole.filter(({ terms }) => terms.isBorrowableInIsolation).map(({ name }) => name),
  };
}

async function readReserves(
  chain: Chain,
  pool: Hex,
  tokens: readonly Token[],
): Promise<Omit<Reserve, "price" | "deficit">[]> {
  const assets = tokens.map(({ address }) => address);
  const data = await chain.need<ReserveData>(
    assets.map((asset) => ({ to: pool, abi: abi.pool, name: "getReserveData", args: [asset] })),
  );
  const totals = await readTotals(chain, data);
  const curves = await readCurves(chain, assets, data);
  return tokens.map((token, i) => ({
    ...token,
    id: data[i].id,
    terms: decodeConfiguration(data[i].configuration),
    aToken: data[i].aTokenAddress,
    debtTokens: debtTokensOf(data[i]),
    ...totals[i],
    curve: curves[i],
  }));
}

/** Undefined before v3.3. */
async function readDeficits(
  chain: Chain,
  pool: Hex,
  assets: readonly Hex[],
): Promise<readonly bigint[] | undefined> {
  const calls = assets.map((asset) => ({
    to: pool,
    abi: abi.deficits,
    name: "getReserveDeficit",
    args: [asset],
  }));
  const [first] = await chain.ask<bigint>(calls.slice(0, 1));
  return first === undefined ? undefined : chain.need<bigint>(calls);
}

async function requireProvider(chain: Chain, address: Hex): Promise<void> {
  const advice = "Give the address of the PoolAddressesProvider, and an RPC URL of the chain that it is on.";
  await requireCode(chain, address, advice);
  const [pool, its] = await chain.ask<Hex>([
    { to: address, abi: abi.provider, name: "getPool" },
    { to: address, abi: abi.provided, name: "ADDRESSES_PROVIDER" },
  ]);
  if (pool === zeroAddress)
    throw new ImportProblem(
      `The provider ${address} has no pool yet at block ${chain.block}. Choose a later block.`,
    );
  if (pool !== undefined) return;
  throw new ImportProblem(
    `The contract at ${address} on chain ${chain.id} is no PoolAddressesProvider of Aave v3: it does not answer getPool(). ${its ? `Its own provider is ${its}: give that.` : "Give the address of the PoolAddressesProvider."}`,
  );
}

/** A base currency of zero is the US dollar; others are tokens. */
async function readPrices(chain: Chain, oracle: Hex, tokens: readonly Token[]) {
  const call = (name: string, ...args: unknown[]) => ({ to: oracle, abi: abi.oracle, name, args });
  const answers = await chain.ask<bigint>(tokens.map(({ address }) => call("getAssetPrice", address)));
  const prices = answers.map((price = 0n) => price);
  const [currency] = await chain.ask<Hex>([call("BASE_CURRENCY")]);
  const [unit = 10n ** 8n] = await chain.ask<bigint>([call("BASE_CURRENCY_UNIT")]);
  const inToken = currency !== undefined && currency !== zeroAddress;
  const numeraire = inToken
    ? (await readTokens(chain, [currency]))[0].name.replace(/[^A-Za-z0-9]/g, "")
    : "USD";
  const worthless = tokens.filter((_, i) => prices[i] === 0n).map(({ name }) => name);
  if (worthless.length > 0)
    throw new ImportProblem(
      `The price oracle ${oracle} has no price of ${list(worthless)} at block ${chain.block}. Choose another block.`,
    );
  return { numeraire, priceDecimals: unit.toString().length - 1, prices };
}

function debtTokensOf({ variableDebtTokenAddress, stableDebtTokenAddress }: ReserveData): Hex[] {
  return [variableDebtTokenAddress, stableDebtTokenAddress].filter((token) => token !== zeroAddress);
}

async function readTotals(chain: Chain, data: readonly ReserveData[]) {
  const totalSupply = (to: Hex) => ({ to, abi: erc20, name: "totalSupply" });
  const supplied = await chain.need<bigint>(data.map(({ aTokenAddress }) => totalSupply(aTokenAddress)));
  const owed = await chain.need<bigint>(data.flatMap((each) => debtTokensOf(each).map(totalSupply)));
  return data.map((each, i) => {
    const parts = owed.splice(0, debtTokensOf(each).length);
    return { supplied: supplied[i], borrowed: parts.reduce((sum, part) => sum + part, 0n) };
  });
}

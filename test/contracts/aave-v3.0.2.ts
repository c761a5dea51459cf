import { createRequire } from "node:module";
import { type Hex, maxUint256, zeroAddress } from "viem";
import { type Artifact, type Chain, type Contract, OWNER } from "./evm";

const require = createRequire(import.meta.url);

export interface Listing {
  readonly symbol: string;
  readonly decimals: number;
  /** Basis points; the bonus with the 100% it is on top of. */
  readonly ltv: number;
  readonly threshold: number;
  readonly bonus: number;
  readonly protocolFee: number;
  /** In the E-mode category. */
  readonly inEmode: boolean;
}

export interface EmodeTerms {
  readonly ltv: number;
  readonly threshold: number;
  readonly bonus: number;
}

/** A pool with liquidity in every reserve and no interest. */
export interface AavePool {
  readonly chain: Chain;
  readonly provider: Contract;
  readonly configurator: Contract;
  readonly pool: Contract;
  readonly oracle: Contract;
  readonly tokens: readonly Contract[];
  readonly aTokens: readonly Contract[];
  readonly debtTokens: readonly Contract[];
}

export const BORROWER = "0x0000000000000000000000000000000000b0b0b0";
export const LIQUIDATOR = "0x00000000000000000000000000000000011971da";
export const SUPPLIER = "0x0000000000000000000000000000000000500b1e";
const TREASURY = "0x0000000000000000000000000000000000007ea5";
/** The category that every listing with `inEmode` is in. */
export const EMODE = 1;

export const artifact = (path: string): Artifact => {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return require(`@aave/core-v3/artifacts/contracts/${path}.sol/${name}.json`);
};

/** Deploys Aave V3.0.2 as npm @aave/core-v3 has it. */
export async function deployAave(
  chain: Chain,
  listings: readonly Listing[],
  emode: EmodeTerms,
): Promise<AavePool> {
  const own = (to: Contract, name: string, ...args: unknown[]) => chain.send(OWNER, to, name, args);
  const provider = await chain.deploy(artifact("protocol/configuration/PoolAddressesProvider"), [
    "test",
    OWNER,
  ]);
  await own(provider, "setACLAdmin", OWNER);
  const roles = await chain.deploy(artifact("protocol/configuration/ACLManager"), [provider.address]);
  await own(provider, "setACLManager", roles.address);
  for (const role of ["addPoolAdmin", "addAssetListingAdmin", "addRiskAdmin"]) await own(roles, role, OWNER);
  const oracle = await chain.deploy(artifact("mocks/oracle/PriceOracle"));
  await own(provider, "setPriceOracle", oracle.address);
  const pool = await deployPool(chain, provider);
  const configurator = await deployConfigurator(chain, provider);
  const totals = await chain.deploy(artifact("misc/AaveProtocolDataProvider"), [provider.address]);
  await own(provider, "setPoolDataProvider", totals.address);
  const tokens: Contract[] = [];
  for (const { symbol, decimals } of listings)
    tokens.push(await chain.deploy(artifact("mocks/tokens/MintableERC20"), [symbol, symbol, decimals]));
  await own(configurator, "initReserves", await reserveInputs(chain, provider, pool, listings, tokens));
  await own(
    configurator,
    "setEModeCategory",
    EMODE,
    emode.ltv,
    emode.threshold,
    emode.bonus,
    zeroAddress,
    "E",
  );
  for (const [i, terms] of listings.entries()) {
    const { address } = tokens[i];
    await own(configurator, "configureReserveAsCollateral", address, terms.ltv, terms.threshold, terms.bonus);
    await own(configurator, "setReserveBorrowing", address, true);
    await own(configurator, "setLiquidationProtocolFee", address, BigInt(terms.protocolFee));
    if (terms.inEmode) await own(configurator, "setAssetEModeCategory", address, EMODE);
    await fund(chain, pool, tokens[i], terms);
  }
  const data = [];
  for (const { address } of tokens) data.push((await own(pool, "getReserveData", address)) as ReserveData);
  return {
    chain,
    provider,
    configurator,
    pool,
    oracle,
    tokens,
    aTokens: data.map((of, i) => ({ address: of.aTokenAddress, abi: tokens[i].abi })),
    debtTokens: data.map((of, i) => ({ address: of.variableDebtTokenAddress, abi: tokens[i].abi })),
  };
}

interface ReserveData {
  readonly aTokenAddress: Hex;
  readonly variableDebtTokenAddress: Hex;
}

async function deployPool(chain: Chain, provider: Contract): Promise<Contract> {
  const libraries: Record<string, Hex> = {};
  for (const name of ["Bridge", "EMode", "Liquidation", "Pool", "Supply", "Borrow", "FlashLoan"]) {
    const library = artifact(`protocol/libraries/logic/${name}Logic`);
    libraries[`${name}Logic`] = (await chain.deploy(library, [], libraries)).address;
  }
  const code = artifact("protocol/pool/Pool");
  const implementation = await chain.deploy(code, [provider.address], libraries);
  await chain.send(OWNER, provider, "setPoolImpl", [implementation.address]);
  return { address: (await chain.send(OWNER, provider, "getPool")) as Hex, abi: code.abi };
}

async function deployConfigurator(chain: Chain, provider: Contract): Promise<Contract> {
  const logic = await chain.deploy(artifact("protocol/libraries/logic/ConfiguratorLogic"));
  const code = artifact("protocol/pool/PoolConfigurator");
  const implementation = await chain.deploy(code, [], { ConfiguratorLogic: logic.address });
  await chain.send(OWNER, provider, "setPoolConfiguratorImpl", [implementation.address]);
  return { address: (await chain.send(OWNER, provider, "getPoolConfigurator")) as Hex, abi: code.abi };
}

async function reserveInputs(
  chain: Chain,
  provider: Contract,
  pool: Contract,
  listings: readonly Listing[],
  tokens: readonly Contract[],
) {
  const half = 5n * 10n ** 26n;
  const [aToken, stableDebt, variableDebt] = await Promise.all(
    ["AToken", "StableDebtToken", "VariableDebtToken"].map((name) =>
      artifact(`protocol/tokenization/${name}`),
    ),
  );
  const aTokenImpl = (await chain.deploy(aToken, [pool.address])).address;
  const stableDebtTokenImpl = (await chain.deploy(stableDebt, [pool.address])).address;
  const variableDebtTokenImpl = (await chain.deploy(variableDebt, [pool.address])).address;
  const free = [provider.address, half, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n];
  const strategy = await chain.deploy(artifact("protocol/pool/DefaultReserveInterestRateStrategy"), free);
  const input = listings.map(({ symbol, decimals }, i) => ({
    aTokenImpl,
    stableDebtTokenImpl,
    variableDebtTokenImpl,
    underlyingAssetDecimals: decimals,
    interestRateStrategyAddress: strategy.address,
    underlyingAsset: tokens[i].address,
    treasury: TREASURY,
    incentivesController: zeroAddress,
    aTokenName: `a${symbol}`,
    aTokenSymbol: `a${symbol}`,
    variableDebtTokenName: `v${symbol}`,
    variableDebtTokenSymbol: `v${symbol}`,
    stableDebtTokenName: `s${symbol}`,
    stableDebtTokenSymbol: `s${symbol}`,
    params: "0x",
  }));
  return input;
}

/** Everybody has tokens and lets the pool take them; a supplier has put some in. */
async function fund(chain: Chain, pool: Contract, token: Contract, { decimals }: Listing): Promise<void> {
  const plenty = 10n ** BigInt(decimals + 12);
  for (const holder of [BORROWER, LIQUIDATOR, SUPPLIER] as const) {
    await chain.send(holder, token, "mint", [2n * plenty]);
    await chain.send(holder, token, "approve", [pool.address, maxUint256]);
  }
  await chain.send(SUPPLIER, pool, "supply", [token.address, plenty, SUPPLIER, 0]);
}

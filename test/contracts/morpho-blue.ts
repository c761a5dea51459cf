import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Hex, maxUint256, zeroAddress } from "viem";
import { type Artifact, type Chain, type Contract, OWNER } from "./evm";
import { compileSolidity } from "./solidity";

const require = createRequire(import.meta.url);
const root = dirname(require.resolve("@morpho-org/morpho-blue/package.json"));

/** Morpho with a token of each number of decimals, and a price that anybody can set. */
export interface MorphoPool {
  readonly chain: Chain;
  readonly morpho: Contract;
  readonly oracle: Contract;
  /** By decimals: collateral and loan tokens. */
  readonly collateral: ReadonlyMap<number, Contract>;
  readonly loan: ReadonlyMap<number, Contract>;
}

export interface MarketParams {
  readonly loanToken: Hex;
  readonly collateralToken: Hex;
  readonly oracle: Hex;
  readonly irm: Hex;
  readonly lltv: bigint;
}

export const BORROWER = "0x0000000000000000000000000000000000b0b0b0";
export const LIQUIDATOR = "0x00000000000000000000000000000000011971da";

/** Compiles Morpho Blue from the sources of npm @morpho-org/morpho-blue and deploys it. */
export async function deployMorpho(
  chain: Chain,
  decimals: readonly number[],
  artifacts = compile(),
): Promise<MorphoPool> {
  const { address, abi } = await chain.deploy(artifacts("src/Morpho.sol", "Morpho"), [OWNER]);
  const events = artifacts("src/libraries/EventsLib.sol", "EventsLib");
  const morpho = { address, abi: [...abi, ...events.abi] };
  await chain.send(OWNER, morpho, "enableIrm", [zeroAddress]);
  const oracle = await chain.deploy(artifacts("src/mocks/OracleMock.sol", "OracleMock"));
  const token = async (): Promise<Contract> => {
    const deployed = await chain.deploy(artifacts("src/mocks/ERC20Mock.sol", "ERC20Mock"));
    for (const holder of [OWNER, BORROWER, LIQUIDATOR] as const) {
      await chain.send(OWNER, deployed, "setBalance", [holder, 10n ** 40n]);
      await chain.send(holder, deployed, "approve", [morpho.address, maxUint256]);
    }
    return deployed;
  };
  const collateral = new Map<number, Contract>();
  const loan = new Map<number, Contract>();
  for (const each of decimals) {
    collateral.set(each, await token());
    loan.set(each, await token());
  }
  return { chain, morpho, oracle, collateral, loan };
}

/** Makes a market without interest and supplies it. */
export async function openMarket({ chain, morpho }: MorphoPool, market: MarketParams): Promise<void> {
  await chain.send(OWNER, morpho, "enableLltv", [market.lltv]);
  await chain.send(OWNER, morpho, "createMarket", [market]);
  await chain.send(OWNER, morpho, "supply", [market, 10n ** 30n, 0n, OWNER, "0x"]);
}

/** Compiles Morpho's sources, and others that may import them, by path. */
export function compile(
  others: Readonly<Record<string, string>> = {},
): (file: string, name: string) => Artifact {
  const files = ["src/Morpho.sol", "src/mocks/OracleMock.sol", "src/mocks/ERC20Mock.sol"];
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  return compileSolidity({ ...Object.fromEntries(files.map((file) => [file, read(file)])), ...others }, read);
}

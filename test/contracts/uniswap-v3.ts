import { createRequire } from "node:module";
import type { Hex } from "viem";
import { type Artifact, type Chain, type Contract, newChain, OWNER } from "./evm";
import { compileSolidity } from "./solidity";

const require = createRequire(import.meta.url);
const artifact = (name: string): Artifact =>
  require(`@uniswap/v3-core/artifacts/contracts/${name}.sol/${name}.json`);

/** Pays pools what they ask for, as their callers must. */
const TRADER = `
pragma solidity ^0.8.0;
interface Token { function transfer(address to, uint256 amount) external; }
interface Pool {
  function token0() external view returns (Token);
  function token1() external view returns (Token);
  function mint(address owner, int24 lower, int24 upper, uint128 amount, bytes calldata data) external;
  function swap(address to, bool zeroForOne, int256 amount, uint160 limit, bytes calldata data)
    external returns (int256, int256);
}
contract Trader {
  function mint(Pool pool, int24 lower, int24 upper, uint128 amount) external {
    pool.mint(address(this), lower, upper, amount, "");
  }
  function swap(Pool pool, bool zeroForOne, uint256 amount, uint160 limit) external returns (int256, int256) {
    return pool.swap(address(this), zeroForOne, int256(amount), limit, "");
  }
  function uniswapV3MintCallback(uint256 owed0, uint256 owed1, bytes calldata) external {
    pay(int256(owed0), int256(owed1));
  }
  function uniswapV3SwapCallback(int256 owed0, int256 owed1, bytes calldata) external {
    pay(owed0, owed1);
  }
  function pay(int256 owed0, int256 owed1) private {
    if (owed0 > 0) Pool(msg.sender).token0().transfer(msg.sender, uint256(owed0));
    if (owed1 > 0) Pool(msg.sender).token1().transfer(msg.sender, uint256(owed1));
  }
}`;

/** Fees in millionths that the factory knows, with the distance of their ticks. */
export const SPACINGS = { 500: 10, 3000: 60, 10000: 200 } as const;
export type Fee = keyof typeof SPACINGS;

/** A pool of npm @uniswap/v3-core for each fee, without a price and liquidity, and somebody who has their tokens. */
export interface Pools {
  readonly chain: Chain;
  readonly trader: Contract;
  readonly pools: Readonly<Record<Fee, Contract>>;
}

export async function deployPools(): Promise<Pools> {
  const chain = await newChain();
  const factory = await chain.deploy(artifact("UniswapV3Factory"));
  const trader = await chain.deploy(
    compileSolidity({ "Trader.sol": TRADER }, String)("Trader.sol", "Trader"),
  );
  const { abi, bytecode } = require("@uniswap/v2-core/build/ERC20.json");
  const tokens: Hex[] = [];
  for (let i = 0; i < 2; i++) {
    const token = await chain.deploy({ abi, bytecode: `0x${bytecode}` }, [10n ** 60n]);
    await chain.send(OWNER, token, "transfer", [trader.address, 10n ** 60n]);
    tokens.push(token.address);
  }
  const pool = async (fee: Fee): Promise<Contract> => {
    const address = await chain.send(OWNER, factory, "createPool", [...tokens, fee]);
    return { address: address as Hex, abi: artifact("UniswapV3Pool").abi };
  };
  return { chain, trader, pools: { 500: await pool(500), 3000: await pool(3000), 10000: await pool(10000) } };
}

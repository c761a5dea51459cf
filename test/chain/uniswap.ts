import { createRequire } from "node:module";
import { encodePacked, type Hex, maxUint256, parseUnits, zeroAddress } from "viem";
import { type Artifact, type Contract, OWNER } from "../contracts/evm";
import type { Node } from "./node";

const require = createRequire(import.meta.url);
const artifact = (path: string): Artifact => require(`@uniswap/${path}`);

/** A pool to be made: liquidity of both tokens over a range of prices around its own. */
export interface PoolSetup {
  readonly pair: readonly [Listed, Listed];
  /** In millionths. */
  readonly fee: 100 | 500 | 3000 | 10_000;
  /** What one token of the first costs in tokens of the second. */
  readonly price: number;
  /** In tokens of the first; of the second what belongs to it. */
  readonly amount: string;
  /** Ticks to both sides. */
  readonly width: number;
}

interface Listed extends Contract {
  readonly decimals: number;
}

export interface Uniswap {
  readonly quoter: Contract;
  readonly router: Contract;
  readonly pool: (setup: PoolSetup) => Promise<Hex>;
}

const SPACING = { 100: 1, 500: 10, 3000: 60, 10000: 200 } as const;

/** Factory, positions, router and QuoterV2 of npm @uniswap/v3-core and v3-periphery, with pools. */
export async function deployUniswap(node: Node, setups: readonly PoolSetup[]): Promise<Uniswap> {
  const core = "v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json";
  const periphery = (path: string, name: string) =>
    artifact(`v3-periphery/artifacts/contracts/${path}${name}.sol/${name}.json`);
  const factory = await node.deploy(artifact(core));
  const immutables = [factory.address, zeroAddress];
  const positions = await node.deploy(periphery("", "NonfungiblePositionManager"), [
    ...immutables,
    zeroAddress,
  ]);
  const router = await node.deploy(periphery("", "SwapRouter"), immutables);
  const quoter = await node.deploy(periphery("lens/", "QuoterV2"), immutables);
  await node.send(OWNER, factory, "enableFeeAmount", [100, 1]);
  for (const setup of setups) await open(node, positions, setup);
  return {
    quoter,
    router,
    pool: ({ pair: [a, b], fee }) => node.read<Hex>(factory, "getPool", a.address, b.address, fee),
  };
}

async function open(node: Node, positions: Contract, { pair: [a, b], fee, price, amount, width }: PoolSetup) {
  const isInOrder = BigInt(a.address) < BigInt(b.address);
  const first = parseUnits(amount, a.decimals);
  const second = parseUnits((Number(amount) * price).toFixed(b.decimals), b.decimals);
  const [token0, token1] = isInOrder ? [a, b] : [b, a];
  const [amount0, amount1] = isInOrder ? [first, second] : [second, first];
  const tick = Math.round(Math.log(Number(amount1) / Number(amount0)) / Math.log(1.0001));
  const root = BigInt(Math.floor(Math.sqrt(Number(amount1) / Number(amount0)) * 2 ** 48)) << 48n;
  await node.send(OWNER, positions, "createAndInitializePoolIfNecessary", [
    token0.address,
    token1.address,
    fee,
    root,
  ]);
  for (const [token, wanted] of [
    [token0, amount0],
    [token1, amount1],
  ] as const) {
    await node.send(OWNER, token, "mint", [2n * wanted]);
    await node.send(OWNER, token, "approve", [positions.address, maxUint256]);
  }
  const near = (at: number) => Math.round(at / SPACING[fee]) * SPACING[fee];
  await node.send(OWNER, positions, "mint", [
    {
      token0: token0.address,
      token1: token1.address,
      fee,
      tickLower: near(tick - width),
      tickUpper: near(tick + width),
      amount0Desired: amount0,
      amount1Desired: amount1,
      amount0Min: 0n,
      amount1Min: 0n,
      recipient: OWNER,
      deadline: maxUint256,
    },
  ]);
}

/** Lets the router take as much as it likes from a trader who has it. */
export async function equip(node: Node, { router }: Uniswap, token: Contract): Promise<void> {
  await node.send(OWNER, token, "mint", [10n ** 36n]);
  await node.send(OWNER, token, "approve", [router.address, maxUint256]);
}

/** What a swap would pay if it were made. */
export async function swap(
  node: Node,
  { router }: Uniswap,
  [from, to]: readonly [Contract, Contract],
  fee: number,
  amountIn: bigint,
): Promise<bigint> {
  const path = encodePacked(["address", "uint24", "address"], [from.address, fee, to.address]);
  const wanted = { path, recipient: OWNER, deadline: maxUint256, amountIn, amountOutMinimum: 0n };
  return node.foresee(OWNER, router, "exactInput", wanted);
}

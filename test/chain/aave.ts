import { type Hex, maxUint256, parseUnits, zeroAddress } from "viem";
import { type AavePool, artifact, deployAave, EMODE, type Listing, SUPPLIER } from "../contracts/aave-v3.0.2";
import { type Contract, OWNER } from "../contracts/evm";
import type { Node } from "./node";

/** What a reserve is set up with, beyond what its liquidations need. */
export interface Setup extends Listing {
  /** In dollars. */
  readonly price: string;
  /** In basis points. */
  readonly reserveFactor: number;
  readonly rate: {
    readonly optimal: number;
    readonly base: number;
    readonly slope1: number;
    readonly slope2: number;
  };
  readonly caps?: { readonly supply: number; readonly borrow: number };
  /** In dollars; nobody has supplied such a reserve yet. */
  readonly debtCeiling?: number;
  readonly isBorrowableInIsolation?: boolean;
  readonly isSiloed?: boolean;
}

const setup = (
  symbol: string,
  decimals: number,
  price: string,
  [ltv, threshold, bonus, protocolFee]: readonly [number, number, number, number],
  more: Partial<Setup> = {},
): Setup => ({
  symbol,
  decimals,
  price,
  ltv,
  threshold,
  bonus,
  protocolFee,
  inEmode: false,
  reserveFactor: 1000,
  rate: { optimal: 9000, base: 25, slope1: 550, slope2: 4000 },
  ...more,
});

export const setups: readonly Setup[] = [
  setup("WETH", 18, "3254.17000001", [8050, 8300, 10500, 1000], {
    inEmode: true,
    reserveFactor: 1500,
    rate: { optimal: 8000, base: 100, slope1: 380, slope2: 8000 },
    caps: { supply: 3_000_000, borrow: 2_800_000 },
  }),
  setup("wstETH", 18, "3900.5", [7850, 8100, 10600, 1000], { inEmode: true }),
  setup("WBTC", 8, "64000", [7300, 7800, 10500, 1234]),
  setup("USDC", 6, "0.9998", [7500, 7800, 10450, 1000], { isBorrowableInIsolation: true }),
  setup("DAI", 18, "1.0001", [6300, 7700, 10500, 1000], { inEmode: true, isBorrowableInIsolation: true }),
  setup("CRV", 18, "0.4321", [3500, 4100, 10830, 2000], { debtCeiling: 5_000_000 }),
  setup("GHO", 18, "0.997", [0, 0, 0, 0], { isSiloed: true }),
];
export const emode = { ltv: 9300, threshold: 9500, bonus: 10100 };

/** Aave V3.0.2 with its own price oracle, interest, caps, isolation and siloed borrowing. */
export async function deployWholeAave(node: Node): Promise<AavePool> {
  const own = (to: Contract, name: string, ...args: unknown[]) => node.send(OWNER, to, name, args);
  const aave = await deployAave(node, setups, emode);
  const { configurator, pool, provider, tokens } = aave;
  const sources: Hex[] = [];
  for (const [i, each] of setups.entries()) {
    const { address } = tokens[i];
    sources.push(await priceSource(node, each.price));
    const curve = [each.rate.optimal, each.rate.base, each.rate.slope1, each.rate.slope2];
    const strategy = await node.deploy(artifact("protocol/pool/DefaultReserveInterestRateStrategy"), [
      provider.address,
      ...curve.map((bps) => BigInt(bps) * 10n ** 23n),
      0n,
      0n,
      0n,
      0n,
      0n,
    ]);
    await own(configurator, "setReserveInterestRateStrategyAddress", address, strategy.address);
    await own(configurator, "setReserveFactor", address, each.reserveFactor);
    if (each.caps) await own(configurator, "setSupplyCap", address, each.caps.supply);
    if (each.caps) await own(configurator, "setBorrowCap", address, each.caps.borrow);
    if (each.isBorrowableInIsolation) await own(configurator, "setBorrowableInIsolation", address, true);
    if (each.isSiloed) await own(configurator, "setSiloedBorrowing", address, true);
    await node.send(SUPPLIER, pool, "withdraw", [address, maxUint256, SUPPLIER]);
    if (each.debtCeiling) await own(configurator, "setDebtCeiling", address, BigInt(each.debtCeiling) * 100n);
    else await node.send(SUPPLIER, pool, "supply", [address, LIQUIDITY(each.decimals), SUPPLIER, 0]);
  }
  const oracle = await node.deploy(artifact("misc/AaveOracle"), [
    provider.address,
    tokens.map(({ address }) => address),
    sources,
    zeroAddress,
    zeroAddress,
    10n ** 8n,
  ]);
  await own(provider, "setPriceOracle", oracle.address);
  return { ...aave, oracle };
}

/** A million of each token that anybody may borrow. */
const LIQUIDITY = (decimals: number) => 10n ** BigInt(decimals + 6);

/** A feed with a price in dollars. */
export async function priceSource(node: Node, price: string): Promise<Hex> {
  const { address } = await node.deploy(artifact("mocks/oracle/CLAggregators/MockAggregator"), [
    parseUnits(price, 8),
  ]);
  return address;
}

/** What an account does at the pool, in tokens. */
export interface Wishes {
  readonly supply?: Readonly<Record<string, string>>;
  readonly borrow?: Readonly<Record<string, string>>;
  /** Supplied and not turned on as collateral. */
  readonly aside?: readonly string[];
  readonly inEmode?: boolean;
}

export function indexOf(symbol: string): number {
  return setups.findIndex((each) => each.symbol === symbol);
}

export async function act(
  node: Node,
  { pool, tokens }: AavePool,
  account: Hex,
  { supply = {}, borrow = {}, aside = [], inEmode }: Wishes,
): Promise<void> {
  const send = (to: Contract, name: string, ...args: unknown[]) => node.send(account, to, name, args);
  for (const [symbol, text] of Object.entries(supply)) {
    const token = tokens[indexOf(symbol)];
    const amount = parseUnits(text, setups[indexOf(symbol)].decimals);
    await send(token, "mint", amount);
    await send(token, "approve", pool.address, amount);
    await send(pool, "supply", token.address, amount, account, 0);
    const isCollateral = setups[indexOf(symbol)].debtCeiling !== undefined || !aside.includes(symbol);
    await send(pool, "setUserUseReserveAsCollateral", token.address, isCollateral);
  }
  if (inEmode) await send(pool, "setUserEMode", EMODE);
  for (const [symbol, text] of Object.entries(borrow)) {
    const amount = parseUnits(text, setups[indexOf(symbol)].decimals);
    await send(pool, "borrow", tokens[indexOf(symbol)].address, amount, 2n, 0, account);
  }
}

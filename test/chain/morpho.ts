import { type Hex, maxUint256, parseUnits } from "viem";
import { artifact } from "../contracts/aave-v3.0.2";
import { type Contract, OWNER } from "../contracts/evm";
import { compile, deployMorpho, type MarketParams } from "../contracts/morpho-blue";
import type { Node } from "./node";

export interface Loan {
  readonly collateral: string;
  readonly debt: string;
}

/** Markets of one loan asset, with what a market is set up with. */
export interface MorphoSetup {
  readonly collateral: "wstETH" | "WBTC";
  readonly lltv: string;
  /** Of one token of collateral, in tokens of the loan. */
  readonly price: string;
  readonly supply: string;
  /** With a rate at target, or by utilisation alone. */
  readonly isAdaptive: boolean;
  readonly fee: string;
  readonly loans: Readonly<Record<Hex, Loan>>;
}

export interface MorphoMarkets {
  readonly morpho: Contract;
  readonly tokens: Readonly<Record<string, Contract>>;
  readonly ids: readonly Hex[];
  readonly params: readonly MarketParams[];
}

export const DECIMALS: Readonly<Record<string, number>> = { USDC: 6, wstETH: 18, WBTC: 8, DAI: 18 };
/** Of the model below, a year. */
export const RATE_AT_TARGET = 0.031;

/** Asks for interest as the project's own mock does, and says what the adaptive model says besides. */
const ADAPTIVE = `// SPDX-License-Identifier: GPL-2.0-or-later
pragma solidity ^0.8.0;
import {IrmMock} from "src/mocks/IrmMock.sol";
contract AdaptiveIrm is IrmMock {
    function rateAtTarget(bytes32) external pure returns (int256) { return int256(${RATE_AT_TARGET * 1000}e15) / 365 days; }
}
contract PlainIrm is IrmMock {}
`;

/** Deploys Morpho Blue with markets that lend USDC. */
export async function deployMarkets(node: Node, setups: readonly MorphoSetup[]): Promise<MorphoMarkets> {
  const own = (to: Contract, name: string, ...args: unknown[]) => node.send(OWNER, to, name, args);
  const artifacts = compile({ "Irms.sol": ADAPTIVE });
  const { morpho } = await deployMorpho(node, [], artifacts);
  const tokens: Record<string, Contract> = {};
  for (const [symbol, decimals] of Object.entries(DECIMALS))
    tokens[symbol] = await node.deploy(artifact("mocks/tokens/MintableERC20"), [symbol, symbol, decimals]);
  const models = [
    await node.deploy(artifacts("Irms.sol", "PlainIrm")),
    await node.deploy(artifacts("Irms.sol", "AdaptiveIrm")),
  ];
  for (const { address } of models) await own(morpho, "enableIrm", address);
  await own(morpho, "setFeeRecipient", "0x00000000000000000000000000000000000000fe");
  const params: MarketParams[] = [];
  const ids: Hex[] = [];
  for (const { collateral, lltv, price, supply, isAdaptive, fee, loans } of setups) {
    const oracle = await node.deploy(artifacts("src/mocks/OracleMock.sol", "OracleMock"));
    await own(oracle, "setPrice", parseUnits(price, 36 + DECIMALS.USDC - DECIMALS[collateral]));
    const market: MarketParams = {
      loanToken: tokens.USDC.address,
      collateralToken: tokens[collateral].address,
      oracle: oracle.address,
      irm: models[isAdaptive ? 1 : 0].address,
      lltv: parseUnits(lltv, 18),
    };
    if (!(await node.read<boolean>(morpho, "isLltvEnabled", market.lltv)))
      await own(morpho, "enableLltv", market.lltv);
    ids.push(await createMarket(node, morpho, market));
    params.push(market);
    if (fee !== "0") await own(morpho, "setFee", market, parseUnits(fee, 18));
    await provide(node, morpho, tokens.USDC, OWNER, parseUnits(supply, DECIMALS.USDC));
    await own(morpho, "supply", market, parseUnits(supply, DECIMALS.USDC), 0n, OWNER, "0x");
    for (const [account, loan] of Object.entries(loans) as [Hex, Loan][]) {
      const amount = parseUnits(loan.collateral, DECIMALS[collateral]);
      await provide(node, morpho, tokens[collateral], account, amount);
      await node.send(account, morpho, "supplyCollateral", [market, amount, account, "0x"]);
      const debt = parseUnits(loan.debt, DECIMALS.USDC);
      await node.send(account, morpho, "borrow", [market, debt, 0n, account, account]);
    }
  }
  return { morpho, tokens, ids, params };
}

async function createMarket(node: Node, morpho: Contract, market: MarketParams): Promise<Hex> {
  const { logs } = await node.attempt(OWNER, morpho, "createMarket", [market]);
  return logs[0].topics[1];
}

/** Tokens that Morpho may take. */
export async function provide(
  node: Node,
  morpho: Contract,
  token: Contract,
  holder: Hex,
  amount: bigint,
): Promise<void> {
  await node.send(holder, token, "mint", [amount]);
  await node.send(holder, token, "approve", [morpho.address, maxUint256]);
}

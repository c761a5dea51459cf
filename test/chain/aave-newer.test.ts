import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import { importDeployment } from "../../src/import/main";
import { artifact } from "../contracts/aave-v3.0.2";
import { OWNER } from "../contracts/evm";
import { compileSolidity } from "../contracts/solidity";
import { act, deployWholeAave, indexOf } from "./aave";
import { type Node, startNode } from "./node";

/**
 * The bytecode of Aave from v3.2 on is in no package. This pool is that of V3.0.2, and answers besides what newer ones
 * are asked, by the signatures of IPool.sol and IDefaultInterestRateStrategyV2.sol of aave-dao/aave-v3-origin. Its
 * categories have the terms that V3.0.2 computes health with.
 */
const NEWER = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.0;
struct CollateralConfig { uint16 ltv; uint16 liquidationThreshold; uint16 liquidationBonus; }
contract NewerPool {
    address immutable OLD;
    address immutable INDEBTED;
    constructor(address old, address indebted) { OLD = old; INDEBTED = indebted; }
    function initialize(address) external {}
    function getReserveDeficit(address asset) external view returns (uint256) { return asset == INDEBTED ? 1234567 : 0; }
    function getEModeCategoryCollateralConfig(uint8 id) external pure returns (CollateralConfig memory) {
        if (id == 1) return CollateralConfig(9300, 9500, 10100);
        if (id == 7) return CollateralConfig(9000, 9200, 10200);
        return CollateralConfig(0, 0, 0);
    }
    /// WETH, wstETH and GHO, of which the last is no collateral.
    function getEModeCategoryCollateralBitmap(uint8 id) external pure returns (uint128) { return id == 1 ? 67 : 0; }
    /// DAI alone.
    function getEModeCategoryBorrowableBitmap(uint8 id) external pure returns (uint128) { return id == 1 ? 16 : 0; }
    function getEModeCategoryLabel(uint8 id) external pure returns (string memory) { return id == 1 ? "ETH correlated" : ""; }
    fallback() external {
        address old = OLD;
        assembly {
            calldatacopy(0, 0, calldatasize())
            let done := delegatecall(gas(), old, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            switch done case 0 { revert(0, returndatasize()) } default { return(0, returndatasize()) }
        }
    }
}
contract NewerStrategy {
    address immutable FIRST;
    constructor(address first) { FIRST = first; }
    function getOptimalUsageRatio(address asset) external view returns (uint256) { return asset == FIRST ? 0.92e27 : 0.45e27; }
    function getBaseVariableBorrowRate(address) external pure returns (uint256) { return 0.0025e27; }
    function getVariableRateSlope1(address asset) external view returns (uint256) { return asset == FIRST ? 0.027e27 : 0.07e27; }
    function getVariableRateSlope2(address) external pure returns (uint256) { return 3e27; }
}
`;

const efficient: Hex = "0x00000000000000000000000000000000000000b0";
let node: Node;
let folder: string;
let read: { text: string; file: Record<string, Record<string, never>>; report: readonly string[] };
beforeAll(async () => {
  [node, folder] = await Promise.all([startNode(), mkdtemp(join(tmpdir(), "plimsoll-import-"))]);
  const { configurator, pool, provider, tokens, ...aave } = await deployWholeAave(node);
  const wishes = { supply: { wstETH: "100" }, borrow: { WETH: "80" }, inEmode: true };
  await act(node, { configurator, pool, provider, tokens, ...aave }, efficient, wishes);
  const contracts = compileSolidity({ "Newer.sol": NEWER }, () => "");
  const of = (symbol: string) => tokens[indexOf(symbol)].address;
  const strategy = await node.deploy(contracts("Newer.sol", "NewerStrategy"), [of("WETH")]);
  for (const { address } of tokens)
    await node.send(OWNER, configurator, "setReserveInterestRateStrategyAddress", [
      address,
      strategy.address,
    ]);
  const { abi } = artifact("protocol/libraries/aave-upgradeability/BaseImmutableAdminUpgradeabilityProxy");
  const old = await node.foresee<Hex>(provider.address, { ...pool, abi }, "implementation");
  const newer = await node.deploy(contracts("Newer.sol", "NewerPool"), [old, of("USDC")]);
  await node.send(OWNER, provider, "setPoolImpl", [newer.address]);
  const outcome = await importDeployment(
    { subject: { protocol: "aave-v3", provider: provider.address }, rpc: node.url, out: folder },
    { progress: () => {}, signal: new AbortController().signal },
  );
  if (outcome.kind !== "written") throw new Error(JSON.stringify(outcome));
  const text = await readFile(outcome.file, "utf8");
  const { file, problems } = parse(text);
  expect(problems).toEqual([]);
  read = { text, file: file as never, report: outcome.report };
});
afterAll(async () => {
  await Promise.all([node?.stop(), folder && rm(folder, { recursive: true })]);
});

describe("a deployment that answers as Aave from v3.3 on", () => {
  it("has its rules, and deficits in comments", () => {
    expect(read.file.markets.core).toMatchObject({ rules: "aave-v3.3" });
    expect(read.text).toMatch(/^ {6}USDC: .* deficit 1\.234567$/m);
    expect(read.text).not.toMatch(/^ {6}WETH: .*deficit/m);
  });

  it("has one strategy for all reserves, asked by reserve", () => {
    const rate = { optimal: 0.92, base: 0.0025, slope1: 0.027, slope2: 3 };
    expect(read.file.markets.core).toMatchObject({ reserves: { WETH: { rate } } });
  });

  it("has categories by bitmaps, named by their labels", () => {
    const { emodes } = read.file.markets.core as { emodes: object };
    expect(emodes).toEqual({
      "eth-correlated": {
        collateral: ["WETH", "wstETH"],
        borrowable: ["WETH", "DAI"],
        ltv: 0.93,
        liquidationThreshold: 0.95,
        liquidationBonus: 0.01,
      },
    });
    expect(read.text).toMatch(/^ {6}# emode-7: has no collateral, or nothing that can be borrowed$/m);
  });

  it("keeps accounts that owe what their category lends no more, and says so", () => {
    expect(read.report).toContain(
      "Accounts owe WETH in E-mode eth-correlated, which lends it no more: written as borrowable there.",
    );
    expect(read.report).toContain("Their health factors by the file are those of the contracts.");
  });
});

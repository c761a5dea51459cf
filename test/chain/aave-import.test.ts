import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatUnits, type Hex, maxUint256, parseUnits } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import { importDeployment } from "../../src/import/main";
import { bundledCli, type Cli } from "../cli/cli";
import { type AavePool, artifact, EMODE, SUPPLIER } from "../contracts/aave-v3.0.2";
import { OWNER } from "../contracts/evm";
import { act, deployWholeAave, emode, indexOf, priceSource, type Setup, setups, type Wishes } from "./aave";
import { CHAIN_ID, type Node, startNode } from "./node";

/** Accounts by what is special about them. */
const accounts = {
  plain: account(0xa1, { supply: { WETH: "10.123456789012345678" }, borrow: { USDC: "12345.678901" } }),
  efficient: account(0xb0, { supply: { wstETH: "100" }, borrow: { WETH: "80" }, inEmode: true }),
  several: account(0xca, {
    supply: { WBTC: "2", WETH: "5", USDC: "777" },
    aside: ["USDC"],
    borrow: { DAI: "20000", USDC: "10000" },
  }),
  isolated: account(0xda, { supply: { CRV: "1000000" }, borrow: { USDC: "100000" } }),
  siloed: account(0xe1, { supply: { WETH: "3" }, borrow: { GHO: "5000" } }),
  delegating: account(0xf0, { supply: { WETH: "50" } }),
  repaid: account(0xf1, { supply: { WETH: "1" }, borrow: { DAI: "100" } }),
  neverBorrowed: account(0xf2, { supply: { WBTC: "1" } }),
};
const MONTH = 30 * 24 * 3600;

function account(number: number, wishes: Wishes): { readonly address: Hex; readonly wishes: Wishes } {
  return { address: `0x${number.toString(16).padStart(40, "0")}`, wishes };
}

let node: Node;
let aave: AavePool;
let cli: Cli;
let folder: string;
let beforeAnybody: number;
beforeAll(async () => {
  [node, cli] = await Promise.all([startNode(), bundledCli({ withImport: true })]);
  folder = await mkdtemp(join(tmpdir(), "plimsoll-import-"));
  aave = await deployWholeAave(node);
  beforeAnybody = await blockNumber();
  for (const { address, wishes } of Object.values(accounts)) await act(node, aave, address, wishes);
  await borrowFor(accounts.delegating.address, "DAI", "20000");
  await node.request("evm_increaseTime", [MONTH]);
  await node.request("evm_mine");
  await repay(accounts.repaid.address, "DAI");
});
afterAll(async () => {
  await Promise.all([node?.stop(), cli?.remove(), folder && rm(folder, { recursive: true })]);
});

async function blockNumber(): Promise<number> {
  return Number(await node.request<Hex>("eth_blockNumber"));
}

const units = (symbol: string, text: string) => parseUnits(text, setups[indexOf(symbol)].decimals);

/** The supplier gets the tokens, the account owes them. */
async function borrowFor(debtor: Hex, symbol: string, amount: string): Promise<void> {
  const { abi } = artifact("protocol/tokenization/VariableDebtToken");
  const { address } = aave.debtTokens[indexOf(symbol)];
  const wanted = units(symbol, amount);
  await node.send(debtor, { address, abi }, "approveDelegation", [SUPPLIER, wanted]);
  const token = aave.tokens[indexOf(symbol)].address;
  await node.send(SUPPLIER, aave.pool, "borrow", [token, wanted, 2n, 0, debtor]);
}

async function repay(debtor: Hex, symbol: string): Promise<void> {
  const token = aave.tokens[indexOf(symbol)];
  await node.send(debtor, token, "mint", [units(symbol, "1000")]);
  await node.send(debtor, token, "approve", [aave.pool.address, maxUint256]);
  await node.send(debtor, aave.pool, "repay", [token.address, maxUint256, 2n, debtor]);
}

async function imported(out: string, block?: number) {
  const outcome = await importDeployment(
    {
      subject: { protocol: "aave-v3", provider: aave.provider.address },
      rpc: node.url,
      block,
      out: join(folder, out),
    },
    { progress: () => {}, signal: new AbortController().signal },
  );
  if (outcome.kind !== "written") throw new Error(JSON.stringify(outcome));
  const text = await readFile(outcome.file, "utf8");
  const { file, problems } = parse(text);
  expect(problems).toEqual([]);
  const positions = await readFile(join(folder, out, POSITIONS), "utf8").catch(() => "");
  return { text, file: file!, positions, report: outcome.report };
}
const POSITIONS = "data/aave-v3.positions.csv";

/** What a contract says, in tokens. */
async function tokens(of: { address: Hex }, i: number, name: string, ...args: unknown[]): Promise<string> {
  return formatUnits(
    await node.read<bigint>({ ...of, abi: aave.tokens[i].abi }, name, ...args),
    setups[i].decimals,
  );
}

async function expectedReserve({ symbol, threshold, ...terms }: Setup, i: number) {
  const supplied = Number(await tokens(aave.aTokens[i], i, "totalSupply"));
  const borrowed = Number(await tokens(aave.debtTokens[i], i, "totalSupply"));
  const rates = Object.entries(terms.rate).map(([name, bps]) => [name, bps / 1e4]);
  return {
    oracle: `${symbol.toLowerCase()}-feed`,
    ...(threshold > 0 && {
      ltv: terms.ltv / 1e4,
      liquidationThreshold: threshold / 1e4,
      liquidationBonus: (terms.bonus - 1e4) / 1e4,
      liquidationProtocolFee: terms.protocolFee / 1e4,
    }),
    ...(borrowed > 0 && {
      supplied,
      borrowed,
      reserveFactor: terms.reserveFactor / 1e4,
      rate: Object.fromEntries(rates),
    }),
  };
}

async function expectedRows(): Promise<string[]> {
  const rows: string[] = [];
  for (const { address, wishes } of Object.values(accounts)) {
    if (address === accounts.repaid.address || address === accounts.neverBorrowed.address) continue;
    for (const [i, { symbol }] of setups.entries()) {
      const holdings = [
        ["collateral", await tokens(aave.aTokens[i], i, "balanceOf", address)],
        ["debt", await tokens(aave.debtTokens[i], i, "balanceOf", address)],
      ];
      for (const [side, amount] of holdings)
        if (amount !== "0" && !(side === "collateral" && wishes.aside?.includes(symbol)))
          rows.push([address, symbol, side, amount, wishes.inEmode ? "e" : ""].join(","));
    }
  }
  return rows;
}

describe("the risk file of a real deployment of Aave V3.0.2", () => {
  let read: Awaited<ReturnType<typeof imported>>;
  beforeAll(async () => {
    read = await imported("whole");
  });

  it("says where it is from", async () => {
    expect(read.file.snapshot).toEqual({ chain: CHAIN_ID, block: await blockNumber() });
  });

  it("has the tokens with their decimals and the oracle's prices", () => {
    const expected = setups.map(({ symbol, decimals, price }, i) => [
      symbol,
      { price: Number(price), decimals, address: aave.tokens[i].address },
    ]);
    const address = (text: unknown) => String(text).toLowerCase();
    const lower = (assets: object) =>
      Object.entries(assets).map(([name, each]) => [name, { ...each, address: address(each.address) }]);
    expect(lower(read.file.assets!)).toEqual(lower(Object.fromEntries(expected)));
  });

  it("has the terms, the totals and the interest of every reserve, after a month of it", async () => {
    const expected = await Promise.all(
      setups.map(async (each, i) => [each.symbol, await expectedReserve(each, i)]),
    );
    expect(read.file.markets!.core).toEqual({
      kind: "lending",
      rules: "aave-v3.0",
      reserves: Object.fromEntries(expected),
      emodes: {
        e: {
          collateral: ["WETH", "wstETH", "DAI"],
          borrowable: ["WETH", "wstETH", "DAI"],
          ltv: emode.ltv / 1e4,
          liquidationThreshold: emode.threshold / 1e4,
          liquidationBonus: (emode.bonus - 1e4) / 1e4,
        },
      },
      isolation: { debtCeilings: { CRV: 5_000_000 }, borrowable: ["USDC", "DAI"] },
      siloed: ["GHO"],
    });
    const usdc = aave.debtTokens[indexOf("USDC")];
    const owed = Number(await tokens(usdc, indexOf("USDC"), "balanceOf", accounts.plain.address));
    expect(owed).toBeGreaterThan(12_345.678901);
  });

  it("names in comments what a risk file cannot say", () => {
    expect(read.text).toMatch(/^ {6}WETH: .* # supply cap 3000000, borrow cap 2800000$/m);
    expect(read.text).toMatch(/^ {6}WBTC: .* # supplied \d+, borrowed 0$/m);
  });

  it("has everybody who owes, also through a loan that another took, with every digit", async () => {
    const [header, ...rows] = read.positions.trimEnd().split("\n");
    expect(header).toBe("account,asset,side,amount,emode");
    expect(rows.sort()).toEqual((await expectedRows()).sort());
  });

  it("agrees with the contract's health factors", () => {
    expect(read.report).toEqual([
      `Chain ${CHAIN_ID}, block ${read.file.snapshot!.block}: 6 accounts that owe.`,
      "Their health factors by the file are those of the contracts.",
      "7 reserves and 1 E-mode by the rules of aave-v3.0.",
      "What accounts supply without using it as collateral is part of the totals, not of the book.",
    ]);
  });
});

it("is of the block that was asked for, whatever came later", async () => {
  const { file, positions } = await imported("early", beforeAnybody);
  expect(file.snapshot!.block).toBe(beforeAnybody);
  expect(file.books).toBeUndefined();
  expect(positions).toBe("");
});

it("reports accounts whose health a file cannot give: an E-mode with a price of its own", async () => {
  await node.rehearse(async () => {
    const { ltv, threshold, bonus } = emode;
    const source = await priceSource(node, "3000");
    await node.send(OWNER, aave.oracle, "setAssetSources", [[source], [source]]);
    await node.send(OWNER, aave.configurator, "setEModeCategory", [
      EMODE,
      ltv,
      threshold,
      bonus,
      source,
      "E",
    ]);
    const { text, report } = await imported("own-price");
    expect(text).toMatch(/^ {6}e: .* # has a price feed of its own$/m);
    expect(report[1]).toBe("1 account has another health factor by the file than by the contracts:");
    expect(report[2]).toMatch(new RegExp(`^ {2}${accounts.efficient.address}: 1\\.\\d+, not 1\\.\\d+$`));
  });
});

it("says who can be liquidated already", async () => {
  await node.rehearse(async () => {
    const weth = aave.tokens[indexOf("WETH")].address;
    await node.send(OWNER, aave.oracle, "setAssetSources", [[weth], [await priceSource(node, "1400")]]);
    const { report } = await imported("under-water");
    expect(report).toContain(
      "2 accounts can be liquidated at this block already; books have atOpen for that.",
    );
    expect(report).toContain("Their health factors by the file are those of the contracts.");
  });
});

describe("plimsoll import aave-v3 --update", () => {
  const update = (out: string) =>
    cli.run(
      ..."import aave-v3 --update --rpc".split(" "),
      node.url,
      "--provider",
      aave.provider.address,
      "--out",
      out,
    );

  it("refreshes a file that a person has gone on with, and tells which terms have changed", async () => {
    const { text } = await imported("updated");
    const file = join(folder, "updated", "aave-v3.risk.yaml");
    const own = text.replace("  WETH: {", "  # Ether.\n  WETH: { volatility: 72%,") + MARKET;
    await writeFile(file, own);
    await node.rehearse(async () => {
      const { configurator, oracle } = aave;
      const [weth, usdc] = [aave.tokens[indexOf("WETH")].address, aave.tokens[indexOf("USDC")].address];
      await node.send(OWNER, configurator, "configureReserveAsCollateral", [weth, 8000, 8250, 10600]);
      await node.send(OWNER, configurator, "setSupplyCap", [weth, 4_000_000]);
      await node.send(OWNER, configurator, "setBorrowableInIsolation", [usdc, false]);
      await node.send(OWNER, oracle, "setAssetSources", [[weth], [await priceSource(node, "3300.25")]]);
      const { code, stdout, stderr } = await update(join(folder, "updated"));
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(`3 changes of terms:
  markets.core.reserves.WETH.ltv: 80.5%, now 80%
  markets.core.reserves.WETH.liquidationThreshold: 83%, now 82.5%
  markets.core.reserves.WETH.liquidationBonus: 5%, now 6%
`);
      const fresh = await readFile(file, "utf8");
      expect(fresh).toContain("  # Ether.\n  WETH: { volatility: 72%, price: 3300.25,");
      expect(fresh).toMatch(
        /^ {6}WETH: .*liquidationThreshold: 82\.5%, .* # supply cap 4000000, borrow cap 2800000$/m,
      );
      expect(fresh).toContain("isolation: { debtCeilings: { CRV: 5000000 }, borrowable: [USDC, DAI] }");
      expect(fresh.endsWith(MARKET)).toBe(true);
      expect(fresh).toMatch(new RegExp(`^# Aave v3 on chain ${CHAIN_ID} at block ${await blockNumber()} `));
    });
  });

  it("refuses a file of another chain, and one that is not there", async () => {
    const { text } = await imported("elsewhere");
    const other = text.replace(`chain: ${CHAIN_ID}, block`, "chain: 1, block");
    const file = join(folder, "elsewhere", "aave-v3.risk.yaml");
    await writeFile(file, other);
    expect((await update(join(folder, "elsewhere"))).stderr).toBe(
      `plimsoll: ${file} is of chain 1, and the node is of chain ${CHAIN_ID}. Give an RPC URL of chain 1.\n`,
    );
    expect(await readFile(file, "utf8")).toBe(other);
    expect((await update(join(folder, "nowhere"))).stderr).toMatch(/^plimsoll: There is no .* to update\. /);
  });
});

describe("plimsoll import aave-v3", () => {
  it("writes a file that lacks venues alone; with them, plimsoll simulates it without a diagnostic", async () => {
    const written = await cli.runWith(
      { PLIMSOLL_RPC_URL: node.url },
      ..."import aave-v3 --out new --provider".split(" "),
      aave.provider.address,
    );
    expect(written).toMatchObject({ code: 0, stderr: "" });
    expect(written.stdout).toMatch(
      /^Wrote new[/\\]aave-v3\.risk\.yaml\.\nChain 424242, block \d+: 6 accounts/,
    );
    const file = join("new", "aave-v3.risk.yaml");
    const checked = await cli.run("check", file);
    expect(checked).toMatchObject({ code: 0, stderr: "" });
    const rules = [...checked.stdout.matchAll(/^new\S+ \w+ ([\w-]+):/gm)].map(([, rule]) => rule);
    expect(rules).toEqual(["nothing-to-simulate", "no-route", "no-route"]);

    const text = await readFile(join(cli.folder, file), "utf8");
    await cli.write(file, text + MARKET);
    const { code, stdout, stderr } = await cli.run("simulate", file, "--format", "json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { diagnostics, scenarios } = JSON.parse(stdout);
    expect(diagnostics).toEqual([]);
    const [value] = scenarios[0].metrics.filter(
      ({ metric }: { metric: string }) => metric === "liquidated-value",
    );
    expect(value.estimate).toBeGreaterThan(0);
  });
});

/** What is not on the chain, as a person would go on. */
const MARKET = `
venues:
${[
  ["wstETH", "WETH"],
  ["WETH", "USDC"],
  ["WBTC", "USDC"],
  ["CRV", "USDC"],
  ["DAI", "USDC"],
  ["GHO", "USDC"],
]
  .map(([a, b]) => {
    const [own, other] = [a, b].map((symbol) => Number(setups[indexOf(symbol)].price));
    return `  ${a}-${b}: { pair: [${a}, ${b}], model: constant-product, reserves: [${1e8 / own}, ${1e8 / other}], recovery: 1h }\n`;
  })
  .join("")}
liquidators: { searchers: { capital: flash, minProfit: 1 USD, reaction: 12s } }
scenarios: { crash: { shock: { WETH: -50% }, over: 1h } }
`;

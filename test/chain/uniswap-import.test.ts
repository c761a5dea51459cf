import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import { importDeployment } from "../../src/import/main";
import { bundledCli, type Cli } from "../cli/cli";
import type { AavePool } from "../contracts/aave-v3.0.2";
import { OWNER } from "../contracts/evm";
import { act, deployWholeAave, indexOf, setups } from "./aave";
import { type Node, startNode } from "./node";
import { deployUniswap, equip, type PoolSetup, swap, type Uniswap } from "./uniswap";

let node: Node;
let aave: AavePool;
let uniswap: Uniswap;
let cli: Cli;
let folder: string;
beforeAll(async () => {
  [node, cli] = await Promise.all([startNode(), bundledCli({ withImport: true })]);
  folder = await mkdtemp(join(tmpdir(), "plimsoll-import-"));
  aave = await deployWholeAave(node);
  const borrower: Hex = "0x00000000000000000000000000000000000000a1";
  await act(node, aave, borrower, {
    supply: { WETH: "10", WBTC: "1" },
    borrow: { USDC: "30000", DAI: "5000" },
  });
  uniswap = await deployUniswap(node, [
    pool("WETH", "USDC", 500, "1000", 4000),
    pool("WETH", "USDC", 3000, "200", 20_000),
    pool("WBTC", "WETH", 3000, "50", 3000),
    pool("WBTC", "USDC", 3000, "5", 3000),
    pool("DAI", "USDC", 100, "2000000", 50),
    { ...pool("CRV", "WETH", 10_000, "10000", 6000), price: 0.9 * priceOf("CRV", "WETH") },
  ]);
});
afterAll(async () => {
  await Promise.all([node?.stop(), cli?.remove(), folder && rm(folder, { recursive: true })]);
});

function priceOf(a: string, b: string): number {
  return Number(setups[indexOf(a)].price) / Number(setups[indexOf(b)].price);
}

/** At the oracle's price. */
function pool(a: string, b: string, fee: PoolSetup["fee"], amount: string, width: number): PoolSetup {
  const listed = (symbol: string) => {
    const i = indexOf(symbol);
    return { ...aave.tokens[i], decimals: setups[i].decimals };
  };
  return { pair: [listed(a), listed(b)], fee, price: priceOf(a, b), amount, width };
}

const importing = (out: string, quoter: Hex) =>
  importDeployment(
    {
      subject: { protocol: "aave-v3", provider: aave.provider.address },
      quoter,
      rpc: node.url,
      out: join(folder, out),
    },
    { progress: () => {}, signal: new AbortController().signal },
  );

describe("venues from real pools of Uniswap v3", () => {
  it("are the deepest that lead from every asset to the one that stays, each asset against the next", async () => {
    const outcome = await importing("whole", uniswap.quoter.address);
    if (outcome.kind !== "written") throw new Error(JSON.stringify(outcome));
    const text = await readFile(outcome.file, "utf8");
    const { file, problems } = parse(text);
    expect(problems).toEqual([]);
    const venue = (traded: string, against: string, name: string) => ({
      [name]: { pair: [traded, against], model: "quotes", file: `data/uniswap-v3.${name}.quotes.csv` },
    });
    expect(file!.venues).toEqual({
      ...venue("WETH", "USDC", "weth-usdc"),
      ...venue("DAI", "USDC", "dai-usdc"),
      ...venue("WBTC", "WETH", "wbtc-weth"),
    });
    const address = await uniswap.pool(pool("WETH", "USDC", 500, "0", 0));
    expect(text).toContain(`weth-usdc.quotes.csv } # ${address}, fee 0.05%`);
    expect(outcome.report.slice(-2)).toEqual([
      "3 venues from 6 pools of Uniswap v3.",
      "1 pool left out: an empty side, or a price more than 5% off the oracles'.",
    ]);
  });

  it.each([
    ["weth-usdc", 500],
    ["wbtc-weth", 3000],
    ["dai-usdc", 100],
  ] as const)("%s pays what a swap of that size really pays, in both directions", async (name, fee) => {
    const text = await readFile(join(folder, "whole", "data", `uniswap-v3.${name}.quotes.csv`), "utf8");
    const [header, ...lines] = text.trimEnd().split("\n");
    expect(header).toBe("src,dst,in_amount,out_amount,timestamp");
    const rows = lines.map((line) => line.split(","));
    expect(new Set(rows.map(([src]) => src)).size).toBe(2);
    expect(rows.length).toBeGreaterThan(22);
    for (const symbol of new Set(rows.map(([src]) => src)))
      await equip(node, uniswap, aave.tokens[indexOf(symbol)]);
    for (const [from, to, amountIn, amountOut] of rows) {
      const pair = [aave.tokens[indexOf(from)], aave.tokens[indexOf(to)]] as const;
      expect(await swap(node, uniswap, pair, fee, BigInt(amountIn)), `${from} ${amountIn}`).toBe(
        BigInt(amountOut),
      );
    }
  });
});

it("an address that is no quoter is refused", async () => {
  const refusal = async (quoter: Hex) => {
    const outcome = await importing("none", quoter);
    return outcome.kind === "failed" ? outcome.message : outcome.kind;
  };
  expect(await refusal(OWNER)).toMatch(
    /^There is no contract at 0x\w{40} on chain \d+ at block \d+\. Give the address of Uniswap's QuoterV2/,
  );
  expect(await refusal(aave.pool.address)).toMatch(
    /is no quoter of Uniswap v3: it does not answer factory\(\)\./,
  );
});

it("a file with venues simulates as it was imported, once it has liquidators and a scenario", async () => {
  const written = await cli.run(
    ..."import aave-v3 --out new --rpc".split(" "),
    node.url,
    "--provider",
    aave.provider.address,
    "--quoter",
    uniswap.quoter.address,
  );
  expect(written).toMatchObject({ code: 0, stderr: "" });
  const file = join("new", "aave-v3.risk.yaml");
  const text = await readFile(join(cli.folder, file), "utf8");
  await cli.write(
    file,
    `${text}liquidators: { searchers: { capital: flash, minProfit: 1 USD, reaction: 12s } }\nscenarios: { crash: { shock: { WETH: -70%, WBTC: -70% }, over: 1h } }\n`,
  );
  const { code, stdout, stderr } = await cli.run("simulate", file, "--format", "json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { diagnostics, scenarios } = JSON.parse(stdout);
  expect(diagnostics.map(({ rule }: { rule: string }) => rule)).toEqual(["no-route", "no-route"]);
  const [value] = scenarios[0].metrics.filter(
    ({ metric }: { metric: string }) => metric === "liquidated-value",
  );
  expect(value.estimate).toBeGreaterThan(0);
});

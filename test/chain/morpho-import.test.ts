import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatUnits, type Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "../../src/dsl/parse";
import { importDeployment } from "../../src/import/main";
import { bundledCli, type Cli } from "../cli/cli";
import { OWNER } from "../contracts/evm";
import { DECIMALS, deployMarkets, type MorphoMarkets, type MorphoSetup, RATE_AT_TARGET } from "./morpho";
import { CHAIN_ID, type Node, startNode } from "./node";

const at = (number: number): Hex => `0x${number.toString(16).padStart(40, "0")}`;
const [ann, bob, cyd, dan] = [0xa1, 0xb0, 0xca, 0xda].map(at);
/** Owes so much that a month of interest makes it liquidatable. */
const eve = at(0xe1);

const setups: readonly MorphoSetup[] = [
  {
    collateral: "wstETH",
    lltv: "0.86",
    price: "3900.123456",
    supply: "1000000",
    isAdaptive: true,
    fee: "0.1",
    loans: {
      [ann]: { collateral: "100.123456789012345678", debt: "250000" },
      [bob]: { collateral: "50", debt: "100000.000001" },
      [eve]: { collateral: "10", debt: "33541" },
    },
  },
  {
    collateral: "WBTC",
    lltv: "0.86",
    price: "64000.5",
    supply: "500000",
    isAdaptive: false,
    fee: "0",
    loans: { [ann]: { collateral: "1.5", debt: "40000" }, [cyd]: { collateral: "2", debt: "50000" } },
  },
  {
    collateral: "wstETH",
    lltv: "0.945",
    price: "3902",
    supply: "100000",
    isAdaptive: true,
    fee: "0",
    loans: { [dan]: { collateral: "20", debt: "60000" } },
  },
  {
    collateral: "WBTC",
    lltv: "0.77",
    price: "64000.5",
    supply: "100000",
    isAdaptive: true,
    fee: "0",
    loans: {},
  },
];
const MONTH = 30 * 24 * 3600;

let node: Node;
let on: MorphoMarkets;
let cli: Cli;
let folder: string;
beforeAll(async () => {
  [node, cli] = await Promise.all([startNode(), bundledCli({ withImport: true })]);
  folder = await mkdtemp(join(tmpdir(), "plimsoll-import-"));
  on = await deployMarkets(node, setups);
  await node.request("evm_increaseTime", [MONTH]);
  await node.request("evm_mine");
});
afterAll(async () => {
  await Promise.all([node?.stop(), cli?.remove(), folder && rm(folder, { recursive: true })]);
});

const importing = (out: string, markets: readonly Hex[], morpho: Hex = on.morpho.address) =>
  importDeployment(
    { subject: { protocol: "morpho-blue", morpho, markets }, rpc: node.url, out: join(folder, out) },
    { progress: () => {}, signal: new AbortController().signal },
  );

async function imported(out: string, markets: readonly Hex[]) {
  const outcome = await importing(out, markets);
  if (outcome.kind !== "written") throw new Error(JSON.stringify(outcome));
  const text = await readFile(outcome.file, "utf8");
  const { file, problems } = parse(text);
  expect(problems).toEqual([]);
  return { text, file: file!, report: outcome.report };
}

/** What the contract says after it has accrued interest at the time of the block that was read. */
async function afterAccrual<T>(market: number, body: () => Promise<T>): Promise<T> {
  const { timestamp } = await node.request<{ timestamp: Hex }>("eth_getBlockByNumber", ["latest", false]);
  return node.rehearse(async () => {
    await node.request("evm_setNextBlockTimestamp", [timestamp]);
    await node.send(OWNER, on.morpho, "accrueInterest", [on.params[market]]);
    return body();
  });
}

describe("the risk file of real markets of Morpho Blue", () => {
  let read: Awaited<ReturnType<typeof imported>>;
  beforeAll(async () => {
    read = await imported("whole", on.ids);
  });

  it("has the assets with their prices in what is lent", () => {
    const { USDC, wstETH, WBTC } = read.file.assets as Record<string, object>;
    expect([USDC, wstETH, WBTC]).toMatchObject([
      { price: 1, decimals: 6 },
      { price: 3900.123456, decimals: 18 },
      { price: 64000.5, decimals: 8 },
    ]);
    expect(read.file.numeraire).toBe("USDC");
  });

  it("has the terms of every market, and its totals with a month of interest where it has a rate at target", async () => {
    const { markets } = read.file as unknown as { markets: Record<string, Record<string, unknown>> };
    const names = ["wsteth-usdc", "wbtc-usdc", "wsteth-usdc-2", "wbtc-usdc-2"];
    expect(Object.keys(markets)).toEqual(names);
    for (const [i, name] of names.entries()) {
      const { collateral, lltv, fee, isAdaptive, loans } = setups[i];
      const [supplied, , borrowed] = await afterAccrual(i, () =>
        node.read<bigint[]>(on.morpho, "market", on.ids[i]),
      );
      const usdc = (units: bigint) => Number(formatUnits(units, DECIMALS.USDC));
      const { rateAtTarget, ...terms } = markets[name];
      expect(terms).toEqual({
        kind: "lending",
        rules: "morpho-blue",
        collateral,
        loan: "USDC",
        lltv: Number(lltv),
        oracle: `${name}-feed`,
        ...(isAdaptive &&
          Object.keys(loans).length > 0 && {
            supplied: usdc(supplied),
            borrowed: usdc(borrowed),
            fee: Number(fee),
          }),
      });
      if (terms.supplied === undefined) expect(rateAtTarget).toBeUndefined();
      else expect(rateAtTarget).toBeCloseTo(adaptedRate(i), 6);
    }
  });

  it("gives a second oracle of an asset as a rate of the first", () => {
    expect(read.file.oracles).toMatchObject({
      "wsteth-usdc-feed": { of: "wstETH", in: "USDC" },
      "wsteth-usdc-2-feed": { base: "wsteth-usdc-feed", rate: 3902 / 3900.123456 },
      "wbtc-usdc-2-feed": { of: "WBTC", in: "USDC" },
    });
  });

  it("has everybody who owes, market by market, with the interest of the month", async () => {
    expect((await readdir(join(folder, "whole", "data"))).sort()).toEqual([
      "morpho-blue.wbtc-usdc.positions.csv",
      "morpho-blue.wsteth-usdc-2.positions.csv",
      "morpho-blue.wsteth-usdc.positions.csv",
    ]);
    for (const [i, name] of ["wsteth-usdc", "wbtc-usdc", "wsteth-usdc-2"].entries()) {
      const { collateral, loans } = setups[i];
      const rows = [];
      for (const [account, loan] of Object.entries(loans)) {
        rows.push(`${account},${collateral},collateral,${loan.collateral}`);
        rows.push(`${account},USDC,debt,${await owed(i, account as Hex)}`);
      }
      const text = await readFile(join(folder, "whole", "data", `morpho-blue.${name}.positions.csv`), "utf8");
      expect(text).toBe(`${["account,asset,side,amount", ...rows].join("\n")}\n`);
    }
  });

  it("says who can be liquidated, and the contract lets it", async () => {
    expect(read.report).toEqual([
      `Chain ${CHAIN_ID}, block ${read.file.snapshot!.block}: 6 accounts that owe.`,
      "Their health factors by the file are those of the contracts.",
      "4 markets by the rules of morpho-blue.",
      "1 account can be liquidated at this block already; books have atOpen for that.",
    ]);
    expect(await canBeLiquidated(0, eve)).toBe(true);
    for (const [market, account] of [
      [0, ann],
      [0, bob],
      [1, ann],
      [1, cyd],
      [2, dan],
    ] as const)
      expect(await canBeLiquidated(market, account), `${market} ${account}`).toBe(false);
  });
});

async function owed(market: number, account: Hex): Promise<string> {
  return afterAccrual(market, async () => {
    const [, shares] = await node.read<bigint[]>(on.morpho, "position", on.ids[market], account);
    const [, , assets, all] = await node.read<bigint[]>(on.morpho, "market", on.ids[market]);
    const units = (shares * (assets + 1n) + all + 10n ** 6n - 1n) / (all + 10n ** 6n);
    return formatUnits(units, DECIMALS.USDC);
  });
}

async function canBeLiquidated(market: number, account: Hex): Promise<boolean> {
  const { revert } = await afterAccrual(market, () =>
    node.attempt(OWNER, on.morpho, "liquidate", [on.params[market], account, 0n, 10n ** 6n, "0x"]),
  );
  return revert !== "position is healthy";
}

/** After a month below the target of 90%, by the formula of the adaptive model. */
function adaptedRate(market: number): number {
  const { supply, loans } = setups[market];
  const borrowed = Object.values(loans).reduce((sum, { debt }) => sum + Number(debt), 0);
  const error = (borrowed / Number(supply) - 0.9) / 0.9;
  return Math.max(0.001, RATE_AT_TARGET * Math.exp((50 * error * 30) / 365));
}

describe("a market is refused, with the reason, when", () => {
  const refusal = async (...asked: Parameters<typeof importing>) => {
    const outcome = await importing(...asked);
    expect(await readdir(folder)).not.toContain(asked[0]);
    return outcome.kind === "failed" ? outcome.message : outcome.kind;
  };

  it("its id is none, or nobody's", async () => {
    expect(await refusal("a", ["0x12"])).toBe(
      'The market "0x12" is no id: it has 0x and 64 hexadecimal digits.',
    );
    expect(await refusal("b", [`0x${"12".repeat(32)}`])).toMatch(
      new RegExp(
        `^There is no market 0x${"12".repeat(32)} with a collateral on chain ${CHAIN_ID} at block \\d+\\.`,
      ),
    );
  });

  it("Morpho is elsewhere", async () => {
    expect(await refusal("c", on.ids, OWNER)).toMatch(
      `There is no contract at ${OWNER} on chain ${CHAIN_ID} at block`,
    );
    expect(await refusal("d", on.ids, on.tokens.DAI.address)).toMatch(
      /^The contract 0x\w{40} .* does not answer idToMarketParams\(\)/,
    );
  });
});

describe("plimsoll import morpho-blue", () => {
  it("writes a file that lacks venues alone", async () => {
    const written = await cli.run(
      ..."import morpho-blue --out new --rpc".split(" "),
      node.url,
      "--morpho",
      on.morpho.address,
      "--market",
      on.ids[1],
      "--market",
      on.ids[2],
    );
    expect(written).toMatchObject({ code: 0, stderr: "" });
    const checked = await cli.run("check", join("new", "morpho-blue.risk.yaml"));
    expect(checked).toMatchObject({ code: 0, stderr: "" });
    const rules = [...checked.stdout.matchAll(/^new\S+ \w+ ([\w-]+):/gm)].map(([, rule]) => rule);
    expect([...new Set(rules)]).toEqual(["nothing-to-simulate", "no-route"]);
  });
});

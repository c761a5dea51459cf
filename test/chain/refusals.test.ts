import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Hex } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ImportOutcome, importDeployment } from "../../src/import/main";
import { bundledCli, type Cli } from "../cli/cli";
import type { AavePool } from "../contracts/aave-v3.0.2";
import { OWNER } from "../contracts/evm";
import { act, deployWholeAave, priceSource } from "./aave";
import { CHAIN_ID, type Node, startNode } from "./node";
import { KEY, type Relay, type Reply, relay } from "./relay";

let node: Node;
let aave: AavePool;
let cli: Cli;
beforeAll(async () => {
  [node, cli] = await Promise.all([startNode(), bundledCli({ withImport: true })]);
  aave = await deployWholeAave(node);
  const borrower: Hex = "0x00000000000000000000000000000000000000a1";
  await act(node, aave, borrower, { supply: { WETH: "10" }, borrow: { USDC: "12345" } });
});
afterAll(async () => {
  await Promise.all([node?.stop(), cli?.remove()]);
});

let out: string;
let before: Relay | undefined;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), "plimsoll-import-"));
});
afterEach(async () => {
  await Promise.all([before?.stop(), rm(out, { recursive: true })]);
  before = undefined;
});

interface Asked {
  readonly rpc?: string;
  readonly provider?: string;
  readonly block?: number;
  readonly signal?: AbortSignal;
}

async function importing(asked: Asked = {}): Promise<ImportOutcome> {
  const { rpc = before?.url ?? node.url, provider = aave.provider.address, block, signal } = asked;
  return importDeployment(
    { subject: { protocol: "aave-v3", provider }, rpc, block, out },
    { progress: () => {}, signal: signal ?? new AbortController().signal },
  );
}

async function refusal(asked: Asked = {}): Promise<string> {
  const outcome = await importing(asked);
  if (outcome.kind !== "failed") throw new Error(`It was ${outcome.kind}.`);
  expect(await readdir(out)).toEqual([]);
  expect(outcome.message).not.toContain(KEY);
  return outcome.message;
}

/** A provider before the node: what it says to a request, by its method and how often that was asked. */
async function provider(answer: Parameters<typeof relay>[1]): Promise<void> {
  before = await relay(node.url, answer);
}

/** What is said to a request for the logs of so many blocks. */
function logsBy(answer: (blocks: number) => Reply | undefined): Parameters<typeof relay>[1] {
  return ({ method, params }) => {
    if (method !== "eth_getLogs") return undefined;
    const { fromBlock, toBlock } = params[0] as { fromBlock: Hex; toBlock: Hex };
    return answer(Number(toBlock) - Number(fromBlock) + 1);
  };
}

describe("nothing is written, and it is said why, when", () => {
  it("nothing listens, without waiting for it", async () => {
    await provider(() => undefined);
    const { url, stop } = before!;
    await stop();
    before = undefined;
    const begun = Date.now();
    expect(await refusal({ rpc: url })).toBe(
      `There is no JSON-RPC node to talk to at ${new URL(url).origin}. It said: ECONNREFUSED. Check the RPC URL (http or https) and the network.`,
    );
    expect(Date.now() - begun).toBeLessThan(2000);
  });

  it.each(["ws://127.0.0.1:8545", "mainnet", ""])("the RPC URL is %j", async (rpc) => {
    expect(await refusal({ rpc })).toBe(
      "The RPC URL is no http or https URL. Give one such as https://host/path.",
    );
  });

  it("a page answers instead of a node", async () => {
    await provider(() => ({ body: `<html>Unknown key ${KEY}</html>` }));
    expect(await refusal()).toMatch(/^There is no JSON-RPC node to talk to at http:\/\/127\.0\.0\.1:\d+\. /);
  });

  it("the key is wrong", async () => {
    await provider(() => ({ status: 401, body: `{"message":"${KEY} is no key"}` }));
    expect(await refusal()).toMatch(/refuses the request\. Check the key in the RPC URL\./);
    expect(before!.asked).toHaveLength(1);
  });

  it("the provider is no address", async () => {
    expect(await refusal({ provider: "0x12" })).toBe(
      'The provider "0x12" is no address: it has 0x and 40 hexadecimal digits. Give the PoolAddressesProvider\'s.',
    );
  });

  it("there is no code at the address: another chain, or before it was deployed", async () => {
    const nobody = "0x1111111111111111111111111111111111111111";
    expect(await refusal({ provider: nobody })).toMatch(
      `There is no contract at ${nobody} on chain ${CHAIN_ID} at block`,
    );
    expect(await refusal({ block: 0 })).toMatch(
      `There is no contract at ${aave.provider.address} on chain ${CHAIN_ID} at block 0. `,
    );
  });

  it("the provider has no pool yet", async () => {
    expect(await refusal({ block: 1 })).toBe(
      `The provider ${aave.provider.address} has no pool yet at block 1. Choose a later block.`,
    );
  });

  it("the contract is another, the pool itself among them", async () => {
    const isNone = (address: Hex) =>
      `The contract at ${address} on chain ${CHAIN_ID} is no PoolAddressesProvider of Aave v3: it does not answer getPool(). `;
    const [token, { pool }] = [aave.tokens[0], aave];
    expect(await refusal({ provider: token.address })).toBe(
      `${isNone(token.address)}Give the address of the PoolAddressesProvider.`,
    );
    expect(await refusal({ provider: pool.address })).toMatch(
      new RegExp(`Its own provider is ${aave.provider.address}: give that\\.$`, "i"),
    );
  });

  it("the block is not there yet", async () => {
    expect(await refusal({ block: 10_000_000 })).toMatch(/does not have the state of block 10000000\. /);
  });

  it("the oracle has no price for an asset", async () => {
    await node.rehearse(async () => {
      const none = await priceSource(node, "0");
      await node.send(OWNER, aave.oracle, "setAssetSources", [[aave.tokens[2].address], [none]]);
      expect(await refusal()).toMatch(/^The price oracle 0x\w{40} has no price of WBTC at block \d+\. /);
    });
  });

  it("the node limits requests for as long as anybody waits", async () => {
    await provider(({ method }, asked) =>
      method === "eth_call" && asked > 2 ? { status: 429, headers: { "Retry-After": "0" } } : undefined,
    );
    expect(await refusal()).toMatch(/ limits requests, also after 6 waits\./);
    expect(before!.asked.filter((method) => method === "eth_call")).toHaveLength(2 + 7);
  });

  it("the node gives no logs, not even of one block", async () => {
    await provider(logsBy(() => TOO_MANY));
    expect(await refusal()).toMatch(
      /^The node gives no logs of block \d+, not even of it alone\. It said: query returned more than 10000 results\./,
    );
  });

  it("the node has no eth_getLogs", async () => {
    const error = { code: -32601, message: "the method eth_getLogs does not exist" };
    await provider(logsBy(() => ({ error })));
    expect(await refusal()).toMatch(/It said: the method eth_getLogs does not exist\./);
  });

  it("the node does not know the state of the block any more", async () => {
    const error = { code: -32000, message: "missing trie node 7b5f (path )" };
    await provider(({ method }) => (method === "eth_call" ? { error } : undefined));
    expect(await refusal({ block: Number(await node.request<Hex>("eth_blockNumber")) })).toMatch(
      /does not have the state of block \d+\. It said: missing trie node/,
    );
  });

  it("the block is replaced while it is read", async () => {
    const other = { hash: `0x${"ab".repeat(32)}` };
    await provider(({ id, method }, asked) =>
      method === "eth_getBlockByNumber" && asked > 1
        ? { body: JSON.stringify({ jsonrpc: "2.0", id, result: { ...BLOCK, ...other } }) }
        : undefined,
    );
    expect(await refusal()).toMatch(
      /^Block \d+ was replaced while it was read\. Nothing was written\. Try again\.$/,
    );
  });

  it("it is called off", async () => {
    const end = new AbortController();
    await provider(({ method }) => {
      if (method === "eth_getLogs") end.abort();
      return undefined;
    });
    expect(await importing({ signal: end.signal })).toEqual({ kind: "cancelled" });
    expect(await readdir(out)).toEqual([]);
  });
});

describe("it goes on when", () => {
  it("the node allows short ranges of logs alone", async () => {
    await provider(logsBy((blocks) => (blocks > 10 ? TOO_MANY : undefined)));
    expect(await importing()).toMatchObject({ kind: "written" });
    const block = Number(await node.request<Hex>("eth_blockNumber"));
    const asked = before!.asked.filter((method) => method === "eth_getLogs").length;
    expect(asked).toBeGreaterThan(block / 10);
    expect(asked).toBeLessThan(block / 3);
  });

  it("the node limits requests for a moment, by HTTP or by JSON-RPC", async () => {
    const error = { code: -32005, message: "daily request count exceeded, request rate limited" };
    await provider(({ method }, asked) => {
      if (method === "eth_chainId" && asked < 3) return { status: 429, headers: { "Retry-After": "0" } };
      return ["eth_getLogs", "eth_call"].includes(method) && asked === 1 ? { error } : undefined;
    });
    expect(await importing()).toMatchObject({ kind: "written" });
  });

  it("the node fails once", async () => {
    await provider((_, asked) =>
      asked === 1 ? { status: 502, body: "<html>Bad gateway</html>" } : undefined,
    );
    expect(await importing()).toMatchObject({ kind: "written" });
  });

  it("the node does not know old states", async () => {
    const error = { code: -32000, message: "missing trie node 7b5f (path )" };
    await provider(({ method }, asked) => (method === "eth_getCode" && asked > 2 ? { error } : undefined));
    expect(await importing()).toMatchObject({ kind: "written" });
  });

  it("the node's gas does for few calls at once", async () => {
    const error = { code: -32000, message: "out of gas" };
    await provider(({ method, params }) => {
      if (method !== "eth_call") return undefined;
      const { data } = params[0] as { data: Hex };
      return data.length > CALLS_TOO_LONG ? { error } : undefined;
    });
    expect(await importing()).toMatchObject({ kind: "written" });
  });
});

describe("what is there already stays", () => {
  it.each(["aave-v3.risk.yaml", join("data", "aave-v3.positions.csv")])("%s", async (name) => {
    const file = join(out, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, "mine");
    const outcome = await importing();
    expect(outcome).toEqual({
      kind: "failed",
      message: `${file} is there already. Choose another folder, move the file, or refresh it with --update.`,
    });
    expect(await readFile(file, "utf8")).toBe("mine");
    expect(await readdir(out)).toHaveLength(1);
  });
});

describe("plimsoll import aave-v3", () => {
  const run = (rpc: string) =>
    cli.run("import", "aave-v3", "--out", out, "--provider", aave.provider.address, "--rpc", rpc);

  it("shows no key of the RPC URL, whatever the node says", async () => {
    await provider(({ method }) =>
      method === "eth_getLogs" ? { status: 403, body: `{"error":"${KEY}: not for /v2/${KEY}"}` } : undefined,
    );
    const { code, stdout, stderr } = await run(before!.url);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("…");
    expect(stderr).not.toContain(KEY);
  });

  it("writes no key of the RPC URL", async () => {
    await provider(() => undefined);
    const { code, stdout } = await run(before!.url);
    expect(code).toBe(0);
    const risk = await readFile(join(out, "aave-v3.risk.yaml"), "utf8");
    expect(stdout + risk).not.toMatch(new RegExp(`${KEY}|127\\.0\\.0\\.1`));
  });

  it("asks for an RPC URL where neither the environment nor an option has one", async () => {
    const { code, stderr } = await cli.runWith(
      { PLIMSOLL_RPC_URL: "" },
      "import",
      "aave-v3",
      "--out",
      out,
      "--provider",
      aave.provider.address,
    );
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "plimsoll: There is no RPC URL. Set PLIMSOLL_RPC_URL, or give --rpc.\n",
    });
  });
});

/** Hexadecimal digits of a request with more than seven calls; that of one has 12,830, most of them the code that makes them. */
const CALLS_TOO_LONG = 15_000;
/** What a block is like, as far as the import reads it. */
const BLOCK = {
  number: "0x1",
  hash: `0x${"00".repeat(32)}`,
  timestamp: "0x1",
  gasLimit: "0x1",
  gasUsed: "0x1",
  difficulty: "0x0",
  size: "0x1",
  transactions: [],
};
const TOO_MANY: Reply = { error: { code: -32005, message: "query returned more than 10000 results" } };

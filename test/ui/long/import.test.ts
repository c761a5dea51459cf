import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { root } from "../../../scripts/shell.mjs";
import { type Host, startHost } from "../../../scripts/vscode-host.mjs";
import { openWorkbench, until } from "../../../scripts/workbench.mjs";
import { act, deployWholeAave } from "../../chain/aave";
import { type Node, startNode } from "../../chain/node";
import type { AavePool } from "../../contracts/aave-v3.0.2";
import { untilNotified } from "../editor";

let folder: string;
let node: Node;
let aave: AavePool;
let host: Host;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "plimsoll-import-"));
  node = await startNode();
  aave = await deployWholeAave(node);
  const borrower = "0x00000000000000000000000000000000000000a1";
  await act(node, aave, borrower, { supply: { WETH: "10" }, borrow: { USDC: "12345" } });
  host = await startHost({ vsix: join(root, "dist/plimsoll.vsix") });
  ({ browser, page } = await openWorkbench(host.url(folder)));
}, 240_000);

afterEach(async ({ task }) => {
  await mkdir(join(root, "test-results"), { recursive: true });
  const name = `${task.result?.state === "fail" ? "failed-" : ""}${task.name.replace(/\W+/g, "-")}`;
  await page.screenshot({ path: join(root, "test-results", `${name}.png`) });
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([host?.stop(), node?.stop()]);
  await rm(folder, { recursive: true });
});

const input = () => page.locator(".quick-input-widget input:visible").last();

async function choose(text: string): Promise<void> {
  await page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first().waitFor();
  await page.keyboard.press("Enter");
}

/** Answers the question with these words in it; undefined leaves what stands there. */
async function answer(question: string, text?: string): Promise<string> {
  await page.locator(".quick-input-widget .quick-input-message", { hasText: question }).waitFor();
  if (text !== undefined) await input().fill(text);
  const shown = await input().inputValue();
  await page.keyboard.press("Enter");
  return shown;
}

/** Opens the command palette anew: it does not notice commands that come later. */
async function offersImport(): Promise<boolean> {
  await page.keyboard.press("Escape");
  await page.keyboard.press("F1");
  await input().fill(">Plimsoll: Import Live Deployment");
  const row = page.locator(".quick-input-list .monaco-list-row").first();
  await row.waitFor();
  return (await row.textContent())?.includes("Import Live Deployment") ?? false;
}

async function importInto(out: string, rpc?: string): Promise<string> {
  await until(offersImport, "the command is not offered");
  await page.keyboard.press("Enter");
  await choose("Aave v3");
  await answer("PoolAddressesProvider", aave.provider.address);
  await answer("Folder to write to", out);
  await answer("QuoterV2", "");
  return answer("RPC URL", rpc);
}

it("says in the editor why a deployment cannot be imported, and keeps no RPC URL that did not work", async () => {
  await importInto("first", "http://127.0.0.1:9/v2/0123456789abcdef");
  const told = await untilNotified(page, "There is no JSON-RPC node to talk to");
  expect(told).not.toContain("0123456789abcdef");
});

it("imports a deployment into the workspace and opens it", async () => {
  expect(await importInto("second", node.url)).toBe(node.url);
  await page.locator(".tab", { hasText: "aave-v3.risk.yaml" }).waitFor({ timeout: 60_000 });
  await untilNotified(page, "Their health factors by the file are those of the contracts.");
  expect(await readFile(join(folder, "second/aave-v3.risk.yaml"), "utf8")).toContain("rules: aave-v3.0");
});

it("remembers the RPC URL of an import that went well, and writes over nothing", async () => {
  expect(await importInto("second")).toBe(node.url);
  await untilNotified(page, "is there already");
});

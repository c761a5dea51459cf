import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { root } from "../../scripts/shell.mjs";
import { type Host, startHost } from "../../scripts/vscode-host.mjs";
import { openWorkbench, problems, until } from "../../scripts/workbench.mjs";
import { cascade } from "../lsp/files";
import { untilNotified } from "./editor";

const positions = "account,asset,side,amount\nalice,WETH,collateral,10\nalice,USDC,debt,22000\n";

let folder: string;
let host: Host;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "plimsoll-untrusted-"));
  await mkdir(join(folder, "workspace"));
  await writeFile(join(folder, "elsewhere.csv"), positions);
  await writeFile(join(folder, "workspace/inside.csv"), positions);
  await writeFile(join(folder, "workspace/inside.risk.yaml"), cascade({ book: "file: ./inside.csv" }));
  await writeFile(join(folder, "workspace/outside.risk.yaml"), cascade({ book: "file: ../elsewhere.csv" }));
  host = await startHost({ vsix: join(root, "dist/plimsoll.vsix"), asksTrust: true });
  ({ browser, page } = await openWorkbench(host.url(join(folder, "workspace"))));
  await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor({ timeout: 60_000 });
}, 240_000);

afterEach(async ({ task }) => {
  await mkdir(join(root, "test-results"), { recursive: true });
  const name = `${task.result?.state === "fail" ? "failed-" : ""}${task.name.replace(/\W+/g, "-")}`;
  await page.screenshot({ path: join(root, "test-results", `${name}.png`) });
});

afterAll(async () => {
  await browser?.close();
  await host?.stop();
  await rm(folder, { recursive: true });
});

async function openFile(name: string): Promise<void> {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").fill(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
}

async function untilStatus(text: string): Promise<void> {
  await page.locator(".statusbar-item", { hasText: text }).waitFor({ timeout: 60_000 });
}

it("simulates what lies in a workspace that is not trusted", async () => {
  await openFile("inside.risk.yaml");
  await untilStatus("limits hold");
});

it("does not read a data file outside of it, and says why and what to do", async () => {
  await openFile("outside.risk.yaml");
  const isTold = async () => (await problems(page)).some((row) => /elsewhere\.csv.*not trusted/.test(row));
  await until(isTold, "nothing says that the file outside is not read");
});

it("imports nothing into it, and says why", async () => {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(">Plimsoll: Import Live Deployment");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Import Live Deployment" }).waitFor();
  await page.keyboard.press("Enter");
  await untilNotified(page, "a workspace that is not trusted");
});

it("reads it and simulates as soon as the workspace is trusted", async () => {
  await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).click();
  await page.getByRole("button", { name: "Trust", exact: true }).click();
  await page.locator(".workspace-trust-header", { hasText: "You trust this folder" }).waitFor();
  await untilStatus("limits hold");
  await page.keyboard.press("Escape");
  expect((await problems(page)).filter((row) => /not trusted/.test(row))).toEqual([]);
});

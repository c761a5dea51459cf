import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { copyOfExamples } from "../../scripts/host-suite.mjs";
import { root } from "../../scripts/shell.mjs";
import { startHost } from "../../scripts/vscode-host.mjs";
import { openWorkbench } from "../../scripts/workbench.mjs";

export interface Session {
  readonly page: Page;
  /** The copy of the examples that is open. */
  readonly folder: string;
  /** Errors that the page logged about a content security policy. */
  readonly violations: string[];
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** VS Code with the packaged extension, as `npm start` opens it: one example and its panel. */
export async function openSession(example: string, more: Record<string, unknown> = {}): Promise<Session> {
  const settings = {
    "plimsoll.openOnStart": example,
    "workbench.colorTheme": "Default Dark Modern",
    ...more,
  };
  const host = await startHost({ vsix: join(root, "dist/plimsoll.vsix"), settings });
  const examples = await copyOfExamples();
  const { browser, page } = await openWorkbench(host.url(examples.folder));
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  const screenshot = async (name: string) => {
    await mkdir(join(root, "test-results"), { recursive: true });
    await page.screenshot({ path: join(root, "test-results", `${name}.png`) });
  };
  const close = async () => {
    await browser.close();
    await host.stop();
    await examples.remove();
  };
  return { page, folder: examples.folder, violations, screenshot, close };
}

import "./preflight.mjs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { browserOptions } from "./chromium.mjs";
import { compileSuite, copyOfExamples, forgetResults, reportSuite, suite } from "./host-suite.mjs";
import { Failure, isMain, main, root } from "./shell.mjs";
import { startHost } from "./vscode-host.mjs";

const within = 240_000;

/**
 * Runs the Mocha suite in the extension host of the embedded VS Code, with the packaged extension installed.
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function testInEmbeddedVscode() {
  await compileSuite();
  await forgetResults();
  const host = await startHost({ vsix: path.join(root, "dist/plimsoll.vsix") });
  try {
    return await reportSuite(await runInBrowser(host));
  } finally {
    await host.stop();
  }
}

async function runInBrowser(host) {
  const browser = await chromium.launch(await browserOptions());
  const examples = await copyOfExamples();
  try {
    return await runSuite(await browser.newPage(), host, examples.folder);
  } finally {
    await browser.close();
    await examples.remove();
  }
}

/** Resolves to the exit code that the workbench reports when the suite has ended. */
async function runSuite(page, host, folder) {
  const log = [];
  const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  await page.exposeFunction("codeAutomationLog", (_type, args) => log.push(args.join(" ")));
  const payload = [
    ["extensionDevelopmentPath", host.remote(suite.extension)],
    ["extensionTestsPath", host.remote(suite.entry)],
    ["skipWelcome", "true"],
  ];
  await page.goto(host.url(folder, payload));
  const code = await Promise.race([ended, sleep(within, undefined, { ref: false })]);
  if (code !== undefined) return code;
  throw new Failure(
    `The tests in VS Code did not end within ${within / 1000} s. Its log ends with:\n${tail(log)}`,
  );
}

function tail(log) {
  return log.slice(-20).join("\n").slice(-4000);
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const { passed, failed } = await testInEmbeddedVscode();
    console.log(`${passed} passed, ${failed} failed`);
    return failed > 0 ? 1 : 0;
  });
}

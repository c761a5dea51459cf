import "./preflight.mjs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
  TestRunFailedError,
} from "@vscode/test-electron";
import { cacheFolder } from "./cache.mjs";
import { compileSuite, copyOfExamples, forgetResults, reportSuite, suite } from "./host-suite.mjs";
import { packageExtension } from "./package.mjs";
import { Failure, isMain, main, must } from "./shell.mjs";

/**
 * Runs the Mocha suite in a desktop VS Code with the packaged extension installed, in a profile of its own.
 * @param {{ executable: string, vsix: string }} options
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function testInDesktop({ executable, vsix }) {
  await compileSuite();
  await forgetResults();
  const examples = await copyOfExamples();
  const profile = await mkdtemp(path.join(os.tmpdir(), "plimsoll-desktop-"));
  const flags = [
    "--user-data-dir",
    path.join(profile, "user"),
    "--extensions-dir",
    path.join(profile, "extensions"),
  ];
  try {
    await installExtension(executable, vsix, flags);
    return await reportSuite(await exitCode(executable, [examples.folder, ...flags]));
  } finally {
    await examples.remove();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function installExtension(executable, vsix, flags) {
  const [cli, ...defaults] = resolveCliArgsFromVSCodeExecutablePath(executable, {
    reuseMachineInstall: true,
  });
  const shell = process.platform === "win32";
  return must(cli, [...defaults, ...flags, "--install-extension", vsix], { shell });
}

async function exitCode(executable, args) {
  try {
    return await runTests({
      vscodeExecutablePath: executable,
      reuseMachineInstall: true,
      extensionDevelopmentPath: suite.extension,
      extensionTestsPath: suite.entry,
      launchArgs: [...args, "--disable-workspace-trust"],
    });
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.code ?? 1;
    throw error;
  }
}

/** `VSCODE` names an installed VS Code; otherwise the version in `VSCODE_VERSION` (or the newest) is downloaded. */
async function findVscode(env = process.env) {
  if (env.VSCODE) return env.VSCODE;
  const version = env.VSCODE_VERSION ?? "stable";
  const cachePath = path.join(cacheFolder(), "desktop-versions");
  return downloadAndUnzipVSCode({ version, cachePath }).catch((error) => {
    throw new Failure(
      `VS Code ${version} could not be downloaded: ${error.message}\n` +
        'Set VSCODE to the executable of an installed VS Code, or run "npm test", which needs no download of it.',
    );
  });
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const executable = await findVscode();
    const { passed, failed } = await testInDesktop({ executable, vsix: await packageExtension() });
    console.log(`${passed} passed, ${failed} failed`);
    return failed > 0 ? 1 : 0;
  });
}

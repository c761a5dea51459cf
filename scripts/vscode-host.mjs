import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureVscode } from "./cache.mjs";
import { Failure, must, root } from "./shell.mjs";

const startWithin = 60_000;

/**
 * Nothing that distracts or asks the network, room for the panel beside the editor, and saving when one saves: in a
 * browser VS Code would save, and so simulate, a second after each edit.
 */
const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "chat.disableAIFeatures": true,
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "files.autoSave": "off",
  "editor.wordWrap": "on",
  "editor.minimap.enabled": false,
};

/**
 * Starts the embedded VS Code server on the loopback interface, with a fresh profile and, when given, an
 * extension installed from its package. Without a token the server is for tests: it then obeys the `payload`
 * query, by which a page starts an extension's test suite.
 * Folders are trusted, unless it is asked to ask.
 * @param {{ vsix?: string, token?: string, asksTrust?: boolean, settings?: Record<string, unknown> }} options
 * @returns {Promise<Host>}
 *
 * @typedef {object} Host
 * @property {number} port
 * @property {(folder: string, payload?: [string, string][]) => string} url the address of the workbench on a folder
 * @property {(folder: string) => string} remote the URI by which the workbench names a file or folder
 * @property {() => Promise<string>} log the server's output so far
 * @property {Promise<unknown>} exited settles when the server ends by itself or is stopped
 * @property {() => Promise<void>} stop ends the server and all of its processes and removes the profile
 */
export async function startHost({ vsix, token, asksTrust = false, settings = {} } = {}) {
  const vscode = await ensureVscode();
  const profile = await createProfile(vscode, vsix, { ...quietSettings, ...settings });
  const port = await freePort();
  const access = token
    ? ["--connection-token", token]
    : ["--without-connection-token", "--enable-smoke-test-driver"];
  const trust = asksTrust ? [] : ["--disable-workspace-trust"];
  const server = launch(vscode, profile, [
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    ...access,
    ...trust,
  ]);
  const log = () => readFile(path.join(profile, "server.log"), "utf8");
  const stop = () => server.end().then(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  await ready(port, server, log).catch(async (error) => {
    await stop();
    throw error;
  });
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const url = (folder, payload) => address(port, token, folder, payload);
  return { port, url, remote, log, exited: server.exited, stop };
}

function address(port, token, folder, payload) {
  const query = new URLSearchParams();
  if (token) query.set("tkn", token);
  query.set("folder", folder);
  if (payload) query.set("payload", JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}

async function createProfile(vscode, vsix, settings) {
  const profile = await mkdtemp(path.join(os.tmpdir(), "plimsoll-vscode-"));
  try {
    await writeSettings(profile, settings);
    if (vsix) await installExtension(vscode, profile, vsix);
    return profile;
  } catch (error) {
    await rm(profile, { recursive: true, force: true });
    throw error;
  }
}

async function writeSettings(profile, settings) {
  const machine = path.join(profile, "data/Machine");
  await mkdir(machine, { recursive: true });
  await writeFile(path.join(machine, "settings.json"), JSON.stringify(settings, null, 2));
}

async function installExtension(vscode, profile, vsix) {
  if (!existsSync(vsix)) throw new Failure(`There is no ${vsix}. Run "npm run package" first.`);
  const server = path.join(vscode.folder, "out/server-main.js");
  await must(vscode.node, [server, "--install-extension", vsix, ...profileFlags(profile)], {
    env: environment(),
  });
}

function profileFlags(profile) {
  return [
    "--server-data-dir",
    profile,
    "--extensions-dir",
    path.join(profile, "extensions"),
    "--accept-server-license-terms",
  ];
}

/** No extension gallery, and none of the variables by which npm or an editor's terminal would steer the server. */
function environment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS)/.test(name),
  );
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: "{}" };
}

/** The server leads a process group of its own, so that one signal ends it with its extension hosts. */
function launch(vscode, profile, flags) {
  const output = openSync(path.join(profile, "server.log"), "a");
  const args = [
    path.join(root, "scripts/exit-with-parent.mjs"),
    path.join(vscode.folder, "out/server-main.js"),
    ...flags,
    ...profileFlags(profile),
    "--disable-telemetry",
    "--disable-experiments",
  ];
  const options = { detached: true, stdio: ["pipe", output, output], env: environment() };
  const child = spawn(vscode.node, args, options);
  closeSync(output);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const forget = onExit(() => {
    signalGroup(child.pid, "SIGKILL");
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const end = async () => {
    forget();
    signalGroup(child.pid, "SIGTERM");
    await Promise.race([exited, sleep(3_000, undefined, { ref: false })]);
    signalGroup(child.pid, "SIGKILL");
    await exited;
  };
  return { child, exited, end };
}

/** Runs `cleanUp`, which must be synchronous, when this process ends by itself or by a signal; returns the undoing. */
function onExit(cleanUp) {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const leave = () => process.exit(process.exitCode ?? 130);
  process.once("exit", cleanUp);
  for (const signal of signals) process.once(signal, leave);
  return () => {
    process.off("exit", cleanUp);
    for (const signal of signals) process.off(signal, leave);
  };
}

function signalGroup(pid, name) {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

async function ready(port, { child }, log) {
  const deadline = Date.now() + startWithin;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Failure(`The embedded VS Code ended at once:\n${await log()}`);
    const answered = await fetch(`http://127.0.0.1:${port}/version`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
  throw new Failure(`The embedded VS Code did not answer within ${startWithin / 1000} s:\n${await log()}`);
}

/** A port that is free now, on the loopback interface. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

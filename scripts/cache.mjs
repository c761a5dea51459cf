import "./preflight.mjs";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, statfs } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { downloadPackage, fileName } from "./download.mjs";
import { withLock } from "./lock.mjs";
import * as pins from "./pins.mjs";
import { Failure, isMain, main, must, npm } from "./shell.mjs";

const partial = ".partial-";

/** The folder that keeps what is fetched on first use; outside node_modules, which `npm ci` wipes. */
export function cacheFolder(env = process.env) {
  if (env.PLIMSOLL_CACHE) return path.resolve(env.PLIMSOLL_CACHE);
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "plimsoll");
}

/**
 * VS Code's server and web workbench (npm package code-server) and the Node that runs it.
 * @returns {Promise<{ folder: string, node: string }>} the folder of VS Code and the path of the Node binary
 */
export async function ensureVscode() {
  requireLinux();
  const node = await ensureNode(24);
  const folder = await ensure(pins.codeServer, 750, async (unpacked) => {
    console.log("  installing VS Code's own packages");
    const vscode = path.join(unpacked, "lib/vscode");
    // They run on the Node fetched beside them: this project's engine-strict, which npm hands down, is not theirs.
    const flags = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--engine-strict=false"];
    await npm(["install", ...flags], { cwd: vscode });
  });
  return { folder: path.join(folder, "lib/vscode"), node };
}

/**
 * A Node binary of another major version, for VS Code (24) and for comparing results between versions.
 * @param {20 | 22 | 24} major
 * @returns {Promise<string>} the path of the binary
 */
export async function ensureNode(major) {
  requireLinux();
  const pin = pins.node[major][process.arch];
  if (!pin) throw new Failure(`There is no pinned Node ${major} for the ${process.arch} architecture.`);
  return path.join(await ensure(pin, 250), "bin/node");
}

/**
 * Unpacks a pinned package into the cache unless it is there, and resolves to its folder.
 * @param {import("./download.mjs").Pin} pin
 * @param {number} megabytes free space it needs while it is installed
 * @param {(folder: string) => Promise<void>} [finish] what remains to be done in the unpacked folder
 */
export async function ensure(pin, megabytes, finish = async () => {}) {
  const cache = cacheFolder();
  const label = `${pin.name}@${pin.version}`;
  const target = path.join(cache, fileName(pin));
  if (existsSync(target)) return target;
  return withLock(cache, async () => {
    if (existsSync(target)) return target;
    await requireSpace(cache, megabytes, label);
    console.log(`Fetching ${label} into ${cache} (once)`);
    const tarball = await downloadPackage(pin, path.join(cache, "downloads"));
    await install(tarball, target, finish);
    await rm(tarball);
    return target;
  });
}

/** Everything happens in a folder of its own; the rename at the end makes it visible whole or not at all. */
async function install(tarball, target, finish) {
  await removeLeftovers(target);
  const work = await mkdtemp(`${target}${partial}`);
  try {
    await must("tar", ["-xzf", tarball, "-C", work, "--no-same-owner"]);
    await finish(path.join(work, "package"));
    await rename(path.join(work, "package"), target).catch((error) => {
      if (!existsSync(target)) throw error; // another run was faster
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What a killed run left; the lock says that nobody works on it now. */
async function removeLeftovers(target) {
  const folder = path.dirname(target);
  const leftovers = (await readdir(folder)).filter((name) =>
    name.startsWith(path.basename(target) + partial),
  );
  await Promise.all(leftovers.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}

async function requireSpace(folder, megabytes, label) {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= megabytes) return;
  throw new Failure(
    `${label} needs about ${megabytes} MB of free space in ${folder}, and there are ${free} MB. ` +
      "Free some space, or set PLIMSOLL_CACHE to a folder on a larger disk.",
  );
}

function requireLinux() {
  if (process.platform === "linux") return;
  throw new Failure(
    "The embedded VS Code runs on Linux only. On macOS and Windows install the desktop VS Code " +
      '(https://code.visualstudio.com/) with its "code" command on the path: then "npm start" opens it, ' +
      'and "npm run test:desktop" runs the editor tests in it.',
  );
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const { folder, node } = await ensureVscode();
    console.log(`VS Code: ${folder}\nNode: ${node}`);
  });
}

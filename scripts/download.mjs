import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Failure, npm } from "./shell.mjs";

/** @typedef {{ name: string, version: string, integrity: string }} Pin an npm package and its tarball's digest, `sha512-<base64>` */

const stalledAfter = 60_000;

/** The name of a package and its version as one file name. */
export function fileName({ name, version }) {
  return `${name.replace("@", "").replace("/", "-")}-${version}`;
}

/**
 * Brings the tarball of a pinned package into `folder` and resolves to its path.
 * A direct download comes first because it can show progress and resume; where it is not possible (a proxy,
 * a registry that asks for credentials) npm itself fetches the tarball.
 * @param {Pin} pin
 * @param {string} folder
 */
export async function downloadPackage(pin, folder) {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${fileName(pin)}.tgz`);
  if (!(await hasDigest(file, pin.integrity))) {
    const spec = `${pin.name}@${pin.version}`;
    const direct = await downloadDirectly(spec, file).catch(() => false);
    if (!direct) await packWithNpm(spec, folder);
  }
  await verify(file, pin.integrity);
  return file;
}

async function downloadDirectly(spec, file) {
  const url = await npm(["view", spec, "dist.tarball", "--loglevel=error"]);
  await downloadFile(url.trim(), file, spec);
  return true;
}

async function packWithNpm(spec, folder) {
  console.log(`  ${spec}: fetching through npm`);
  await npm(["pack", spec, "--pack-destination", folder, "--ignore-scripts"], { cwd: folder }).catch(
    (error) => {
      throw new Failure(
        `Could not download ${spec} with npm. Check the network and the npm registry that is configured ` +
          `("npm config get registry"), then run the command again; what is already there is kept.\n${error.message}`,
      );
    },
  );
}

/**
 * Downloads `url` to `file`, continuing an earlier `file.part` when the server allows it; three attempts.
 * @param {string} url
 * @param {string} file
 * @param {string} label what the progress lines name
 */
export async function downloadFile(url, file, label) {
  const part = `${file}.part`;
  for (let attempt = 1; ; attempt++) {
    try {
      await continueDownload(url, part, label);
      await rename(part, file);
      return;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function continueDownload(url, part, label) {
  const done = await sizeOf(part);
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), stalledAfter);
  const response = await fetch(url, {
    headers: done > 0 ? { range: `bytes=${done}-` } : {},
    signal: stall.signal,
  });
  if (done > 0 && response.status === 416) return;
  if (!response.ok || !response.body) throw new Failure(`${url} answered ${response.status}`);
  const resumed = response.status === 206;
  const progress = progressLine(label, resumed ? done : 0, Number(response.headers.get("content-length")));
  const body = Readable.fromWeb(response.body).on("data", (chunk) => {
    clearTimeout(timer);
    timer = setTimeout(() => stall.abort(), stalledAfter);
    progress(chunk.length);
  });
  await pipeline(body, createWriteStream(part, { flags: resumed ? "a" : "w" })).finally(() =>
    clearTimeout(timer),
  );
}

/** Prints a line at every tenth of the download: some consoles (CI logs) cannot rewrite a line. */
function progressLine(label, before, remaining) {
  const total = before + remaining;
  let done = before;
  let shown = Math.floor((10 * done) / total);
  return (bytes) => {
    done += bytes;
    const tenth = Math.floor((10 * done) / total);
    if (tenth <= shown) return;
    shown = tenth;
    console.log(`  ${label}: ${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`);
  };
}

async function sizeOf(file) {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** Removes a file whose digest is not the pinned one, and says so. */
export async function verify(file, integrity) {
  if (await hasDigest(file, integrity)) return;
  await rm(file, { force: true });
  throw new Failure(
    `${path.basename(file)} does not have the pinned checksum and was deleted. ` +
      "Run the command again; if this repeats, the registry or a proxy serves a different file.",
  );
}

async function hasDigest(file, integrity) {
  if ((await sizeOf(file)) === 0) return false;
  const hash = createHash("sha512");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return `sha512-${hash.digest("base64")}` === integrity;
}

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Failure, root } from "./shell.mjs";

/** Licences of packages that may ship: they ask for no more than their text. */
const ALLOWED = ["MIT", "ISC", "BlueOak-1.0.0"];

/**
 * Names and licences of every package of which the bundles have something.
 * @param {import("esbuild").Metafile} meta
 * @returns {Promise<string>}
 */
export async function noticesOf(meta) {
  const used = Object.values(meta.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const folders = new Set(
    used.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []),
  );
  const parts = await Promise.all([...folders].sort().map(noticeOf));
  return ["Plimsoll contains parts of these packages.", ...new Set(parts)].join(`\n\n${"-".repeat(80)}\n\n`);
}

async function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(
    await readFile(path.join(root, folder, "package.json"), "utf8"),
  );
  if (!ALLOWED.includes(license)) throw new Failure(`${name} has the licence ${license}; it must not ship.`);
  const file = (await readdir(path.join(root, folder))).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
  const text = file
    ? await readFile(path.join(root, folder, file), "utf8")
    : `Licence: ${license}. Author: ${author?.name ?? author}.`;
  return `${name} ${version}\n\n${text.trim()}\n`;
}

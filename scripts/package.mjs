import "./preflight.mjs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { buildAll } from "./build.mjs";
import { isMain, main, must, root, tool } from "./shell.mjs";

/**
 * Builds and packages the extension.
 * @returns {Promise<string>} the path of the package
 */
export async function packageExtension() {
  await buildAll();
  const vsix = path.join(root, "dist/plimsoll.vsix");
  await rm(vsix, { force: true });
  await must(tool("vsce"), ["package", "--no-dependencies", "--out", vsix]);
  return vsix;
}

if (isMain(import.meta.url)) {
  await main(async () => console.log(await packageExtension()));
}

import "./preflight.mjs";
import { existsSync } from "node:fs";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { ensure } from "./cache.mjs";
import * as pins from "./pins.mjs";
import { Failure, isMain, main, must, run } from "./shell.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * What Playwright needs to launch a browser: `$CHROME`, else a Chromium or Chrome on the path, else Debian's
 * package when that may be installed, else a build from npm in the cache.
 * @returns {Promise<import("playwright-core").LaunchOptions>}
 */
export async function browserOptions(env = process.env) {
  if (env.CHROME) return { executablePath: chosen(env.CHROME), args: flags };
  const system = onPath(env) ?? (await fromDebian(env));
  if (system) return { executablePath: system, args: flags };
  return fromNpm(env);
}

function chosen(file) {
  if (existsSync(file)) return file;
  throw new Failure(
    `CHROME is set to ${file}, and there is no such file. Give the path of a Chromium or unset it.`,
  );
}

function onPath(env) {
  const folders = (env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

async function fromDebian(env) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  console.log("Installing Debian's chromium (apt-get), which the tests of the user interface need");
  const quiet = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, quiet: true };
  await run("apt-get", ["update"], quiet);
  const packages = ["chromium", "fonts-dejavu-core"];
  const { code } = await run("apt-get", ["install", "-y", "--no-install-recommends", ...packages], quiet);
  if (code !== 0) console.log("apt-get could not install chromium; trying the build from npm");
  return code === 0 ? onPath(env) : undefined;
}

async function fromNpm(env) {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Failure(
      "No Chromium was found. Install Chromium or Chrome, or set CHROME to the path of its binary.",
    );
  }
  const folder = await ensure(pins.chromium, 400, unpackChromium);
  const libraries = [path.join(folder, "bin/lib"), env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  return {
    executablePath: path.join(folder, "bin/chromium"),
    args: [...flags, "--headless=shell", "--use-gl=angle", "--use-angle=swiftshader"],
    env: { ...env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: path.join(folder, "bin") },
  };
}

/** The package's own configuration names folders of another system. */
const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><dir>/usr/share/fonts</dir></fontconfig>
`;

/** The package holds Brotli files: the binary, the libraries that small systems lack, and a font. */
async function unpackChromium(folder) {
  const bin = path.join(folder, "bin");
  await writeFile(path.join(bin, "chromium"), await unbrotli(path.join(bin, "chromium.br")));
  await chmod(path.join(bin, "chromium"), 0o755);
  for (const archive of ["al2023", "fonts", "swiftshader"]) {
    const file = path.join(bin, `${archive}.tar`);
    await writeFile(file, await unbrotli(`${file}.br`));
    await must("tar", ["-xf", file, "-C", bin, "--no-same-owner"]);
    await rm(file);
  }
  await writeFile(path.join(bin, "fonts.conf"), fonts);
}

async function unbrotli(file) {
  return promisify(brotliDecompress)(await readFile(file));
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const { executablePath } = await browserOptions();
    console.log(executablePath);
  });
}

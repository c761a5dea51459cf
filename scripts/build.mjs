import "./preflight.mjs";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { noticesOf } from "./notices.mjs";
import { Failure, isMain, main, must, root } from "./shell.mjs";

const node = { platform: "node", format: "cjs", target: "node20" };
const page = { platform: "browser", format: "iife", target: "es2022" };

/** What is built, and from where; each target stands alone because the panel and the rest share no platform. */
export const targets = [
  { out: "extension.js", entry: "src/extension/main.ts", ...node, external: ["vscode"] },
  { out: "server.js", entry: "src/server/main.ts", ...node },
  { out: "worker.js", entry: "src/run/worker.ts", ...node },
  { out: "import.js", entry: "src/import/main.ts", ...node },
  { out: "cli.js", entry: "src/cli/main.ts", ...node, banner: { js: "#!/usr/bin/env node" } },
  { out: "panel.js", entry: "src/panel/main.ts", ...page },
  { out: "panel.css", entry: "src/panel/panel.css", ...page },
];

/**
 * Builds everything into `dist/`, with the sizes and imports of each bundle in `dist/meta.json` and the licences of what they took in.
 * @param {{ production?: boolean }} [options] production minifies; otherwise source maps are written
 */
export async function buildAll({ production = true } = {}) {
  requireEntries();
  await must(process.execPath, [path.join(root, "scripts/generate.mjs")]);
  const dist = path.join(root, "dist");
  await empty(dist);
  const results = await Promise.all(targets.map((target) => bundle(target, production)));
  await chmod(path.join(dist, "cli.js"), 0o755);
  const meta = mergeMeta(results.map((each) => each.metafile));
  await writeFile(path.join(dist, "meta.json"), JSON.stringify(meta));
  await writeFile(path.join(dist, "third-party-notices.txt"), await noticesOf(meta));
}

/** Removes what an earlier build left, but not the package: tests may be running on it. */
async function empty(dist) {
  await mkdir(dist, { recursive: true });
  const old = (await readdir(dist)).filter((name) => !name.endsWith(".vsix"));
  await Promise.all(old.map((name) => rm(path.join(dist, name), { recursive: true, force: true })));
}

function requireEntries() {
  const missing = targets.filter(({ entry }) => !existsSync(path.join(root, entry)));
  if (missing.length > 0)
    throw new Failure(`Nothing to build from: ${missing.map((each) => each.entry).join(", ")}`);
}

function bundle({ out, entry, ...options }, production) {
  return build({
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: `dist/${out}`,
    bundle: true,
    minify: production,
    sourcemap: production ? false : "linked",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  }).catch((error) => {
    throw error.errors ? new Failure(`dist/${out} could not be built; see the errors above.`) : error;
  });
}

function mergeMeta(all) {
  return {
    inputs: Object.assign({}, ...all.map((meta) => meta.inputs)),
    outputs: Object.assign({}, ...all.map((meta) => meta.outputs)),
  };
}

if (isMain(import.meta.url)) {
  await main(() => buildAll({ production: !process.argv.includes("--dev") }));
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

export interface Bundled {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Bundles entries of the sources of now, as the build does, into a folder of its own: `{ "worker": "src/run/worker.ts" }`. */
export async function bundle(entries: Readonly<Record<string, string>>): Promise<Bundled> {
  const folder = await mkdtemp(path.join(tmpdir(), "plimsoll-bundle-"));
  await build({
    absWorkingDir: root,
    entryPoints: { ...entries },
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

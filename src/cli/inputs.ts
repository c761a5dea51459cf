import { createHash } from "node:crypto";
import type { Workspace } from "../data/workspace";

/** A file that a result depends on. */
export interface Input {
  /** As it was named: the risk file on the command line, data files in the risk file. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export function inputOf(path: string, bytes: Uint8Array): Input {
  return { path, bytes: bytes.byteLength, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** A workspace that notes what was read through it, each file once. */
export function notingWorkspace(workspace: Workspace): Workspace & { inputs(): Input[] } {
  const noted = new Map<string, Input>();
  return {
    async read(path) {
      const bytes = await workspace.read(path);
      noted.set(path, inputOf(path, bytes));
      return bytes;
    },
    inputs: () => [...noted.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

import { readdir, readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { faultProblem, LARGEST_FILE } from "./fault";
import { type BrowsableWorkspace, FileProblem, type FolderEntry } from "./workspace";

/** A workspace on the file system. Relative paths start at `folder`, the folder of the risk file. */
export function nodeWorkspace(folder: string): BrowsableWorkspace {
  return {
    read: (path) => readRegular(resolve(folder, path)),
    list: (path) => listFolder(resolve(folder, path)),
  };
}

/**
 * The bytes of a file of this machine.
 * @throws FileProblem when it cannot be read
 */
export async function readRegular(file: string): Promise<Uint8Array> {
  try {
    requireReadable(await stat(file));
    return await readFile(file);
  } catch (error) {
    throw problemOf(error);
  }
}

async function listFolder(folder: string): Promise<readonly FolderEntry[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, folder: entry.isDirectory() }));
  } catch (error) {
    throw problemOf(error);
  }
}

/** A pipe or a device has no size, and may have no end. */
function requireReadable(info: { isFile(): boolean; isDirectory(): boolean; size: number }): void {
  if (info.isDirectory()) throw faultProblem("folder");
  if (!info.isFile()) throw faultProblem("irregular");
  if (info.size > LARGEST_FILE) throw faultProblem("too-large", { size: info.size });
}

function problemOf(error: unknown): FileProblem {
  if (error instanceof FileProblem) return error;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return faultProblem("missing");
  if (code === "EACCES" || code === "EPERM") return faultProblem("forbidden");
  return faultProblem("unreadable", { detail: error instanceof Error ? error.message : String(error) });
}

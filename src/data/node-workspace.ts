import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { FileProblem, type Workspace } from "./workspace";

/** Larger files would hold the editor up for seconds; a million positions fit well below. */
const LARGEST_FILE = 256 * 1024 * 1024;

/** A workspace on the file system. Relative paths start at `folder`, the folder of the risk file. */
export function nodeWorkspace(folder: string): Workspace {
  return {
    async read(path) {
      try {
        const file = resolve(folder, path);
        requireReadable(await stat(file));
        return await readFile(file);
      } catch (error) {
        throw error instanceof FileProblem ? error : new FileProblem("missing-file", reasonOf(error));
      }
    },
  };
}

/** A pipe or a device has no size, and may have no end. */
function requireReadable(info: { isFile(): boolean; isDirectory(): boolean; size: number }): void {
  if (info.isDirectory()) throw new FileProblem("missing-file", "is a folder. Name a CSV file.");
  if (!info.isFile())
    throw new FileProblem("unusable-file", "is no regular file. Save its rows to a CSV file.");
  if (info.size <= LARGEST_FILE) return;
  const size = Math.round(info.size / 1024 / 1024);
  throw new FileProblem(
    "unusable-file",
    `has ${size} MiB; data files may have up to 256 MiB. Keep only the rows and columns that are needed.`,
  );
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return "does not exist. Paths are relative to the folder of the risk file.";
  }
  if (code === "EACCES" || code === "EPERM") return "may not be read. Check the file's permissions.";
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
}

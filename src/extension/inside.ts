import { realpath } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";

/** Whether a file is in one of the folders, when all links are followed. A file that is not there is in none. */
export async function isInside(file: string, folders: readonly string[]): Promise<boolean> {
  try {
    const [target, ...roots] = await Promise.all([file, ...folders].map((path) => realpath(path)));
    return roots.some((root) => isBelow(relative(root, target)));
  } catch {
    return false;
  }
}

function isBelow(path: string): boolean {
  return !isAbsolute(path) && path !== ".." && !path.startsWith(`..${sep}`);
}

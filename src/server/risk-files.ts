import { type BrowsableWorkspace, FileProblem } from "../data/workspace";

const RISK_FILE = /\.risk\.ya?ml$/;
const PASSED_OVER = /^(?:\.|node_modules$)/;
/** Of folders below each other, and of files: a workspace may be a home folder. */
const DEEPEST = 8;
const MOST_FILES = 500;

/** Paths of the risk files in a folder and those below it, by name. What cannot be listed is passed over. */
export async function riskFilesIn(workspace: BrowsableWorkspace): Promise<string[]> {
  const found: string[] = [];
  await visit(workspace, "", DEEPEST, found);
  return found;
}

async function visit(
  workspace: BrowsableWorkspace,
  folder: string,
  depth: number,
  found: string[],
): Promise<void> {
  const entries = [...(await entriesOf(workspace, folder || "."))].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, folder: isFolder } of entries) {
    if (found.length === MOST_FILES) return;
    const path = folder ? `${folder}/${name}` : name;
    if (isFolder && depth > 0 && !PASSED_OVER.test(name)) await visit(workspace, path, depth - 1, found);
    if (!isFolder && RISK_FILE.test(name)) found.push(path);
  }
}

async function entriesOf(workspace: BrowsableWorkspace, folder: string) {
  try {
    return await workspace.list(folder);
  } catch (error) {
    if (error instanceof FileProblem) return [];
    throw error;
  }
}

import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeWorkspace } from "../data/node-workspace";
import { FileProblem, type Workspace } from "../data/workspace";
import type { RiskFile } from "../dsl/parse";

/** The data files beside a document of the editor. A document that is not on disk has none. */
export function workspaceOf(uri: string): Workspace {
  const folder = folderOf(uri);
  return folder === undefined ? { read: rejectOffDisk } : nodeWorkspace(folder);
}

async function rejectOffDisk(path: string): Promise<never> {
  const why = "this risk file is not on disk, so it has no folder to look in";
  throw new FileProblem("missing-file", `${path} cannot be read: ${why}. Save it beside its data files.`);
}

/** Whether a document's model is built from a data file. */
export function readsFile(uri: string, file: RiskFile | undefined, data: string): boolean {
  const folder = folderOf(uri);
  if (folder === undefined || !data.startsWith("file:")) return false;
  const changed = fileURLToPath(data);
  return namesOf(file).some((name) => resolve(folder, name) === changed);
}

function folderOf(uri: string): string | undefined {
  return uri.startsWith("file:") ? dirname(fileURLToPath(uri)) : undefined;
}

function namesOf(file: RiskFile | undefined): string[] {
  const entries = [...Object.values(file?.books ?? {}), ...Object.values(file?.venues ?? {})];
  return entries.flatMap((entry) => ("file" in entry && entry.file !== undefined ? [entry.file] : []));
}

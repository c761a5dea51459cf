import { isPath } from "../file-uri";
import type { Candidate } from "./candidate";
import { inQuotesOf } from "./scalars";
import { type Scene, sceneAt } from "./scene";

export interface FolderEntry {
  readonly name: string;
  readonly folder: boolean;
}

/** The folder, relative to the risk file's, that a path at an offset is in; undefined where no path is written. */
export function folderAsked(text: string, offset: number): string | undefined {
  const scene = sceneAt(text, offset);
  return scene && folderOf(scene, offset);
}

function folderOf({ site, context, text }: Scene, offset: number): string | undefined {
  if (context.at !== "value" || !isPath(site.schema.format)) return undefined;
  const typed = text.slice(context.word.start, offset).replace(/^["']/, "");
  return typed.slice(0, typed.lastIndexOf("/") + 1);
}

/** Files of the kind that is asked for, then folders, then other files; hidden ones are left out. */
export function fileCandidates(scene: Scene, offset: number, entries: readonly FolderEntry[]): Candidate[] {
  const folder = folderOf(scene, offset);
  if (folder === undefined) return [];
  const { context, text, site } = scene;
  const wanted = site.schema.format === "risk-file" ? /\.risk\.ya?ml$/i : /\.csv$/i;
  const word = text.slice(context.word.start, context.word.end);
  return entries
    .filter(({ name }) => !name.startsWith("."))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, folder: isFolder }) => {
      const insert = inQuotesOf(word, `${folder}${name}${isFolder ? "/" : ""}`, context.flow);
      const rank = wanted.test(name) ? 0 : isFolder ? 1 : 2;
      return {
        label: isFolder ? `${name}/` : name,
        kind: isFolder ? "folder" : "file",
        insert: [insert],
        filter: insert,
        rank,
        goesOn: isFolder,
      };
    });
}

import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Connection } from "vscode-languageserver";
import { faultProblem, LARGEST_FILE } from "../data/fault";
import { nodeWorkspace, readRegular } from "../data/node-workspace";
import type { BrowsableWorkspace } from "../data/workspace";
import type { RiskFile } from "../dsl/parse";
import {
  type FileFailure,
  LIST_FOLDER,
  type ListFolderParams,
  type ListFolderResult,
  OPEN_TEXT,
  type OpenText,
  type OpenTextParams,
  type OpenTextResult,
  READ_FILE,
  type ReadFileParams,
  type ReadFileResult,
} from "../protocol/files";

/** The files beside a document of the editor. */
export interface EditorWorkspace extends BrowsableWorkspace {
  /** A file as it is in an editor; undefined when it is open in none, or the client does not say. */
  opened(path: string): Promise<OpenText | undefined>;
}

/** The data files beside a document of the editor. A document that is nowhere has none. */
export function workspaceOf(uri: string): EditorWorkspace {
  if (!uri.startsWith("file:")) return nowhere;
  return { ...nodeWorkspace(dirname(fileURLToPath(uri))), opened: async () => undefined };
}

/** The same through a client that offers its files: those of any scheme, and as far as it lets them be read. */
export function clientWorkspace(uri: string, connection: Connection): EditorWorkspace {
  const ask = <Params, Result>(request: string, params: Params) =>
    connection.sendRequest<Result>(request, params);
  return {
    async read(path) {
      const params = { uri: addressOf(uri, path), most: LARGEST_FILE };
      const found = usable(await ask<ReadFileParams, ReadFileResult>(READ_FILE, params));
      return "path" in found ? readRegular(found.path) : Buffer.from(found.base64, "base64");
    },
    async list(path) {
      const params = { uri: addressOf(uri, path) };
      return usable(await ask<ListFolderParams, ListFolderResult>(LIST_FOLDER, params)).entries;
    },
    async opened(path) {
      const params = { uri: addressOf(uri, path) };
      return (await ask<OpenTextParams, OpenTextResult>(OPEN_TEXT, params)) ?? undefined;
    },
  };
}

/** The address of a path in a folder. */
export function addressIn(folder: string, path: string): string {
  return addressOf(`${folder.replace(/\/$/, "")}/any`, path);
}

function usable<Result extends object>(result: Result | FileFailure): Result {
  if ("fault" in result) throw faultProblem(result.fault, result);
  return result;
}

const nowhere: EditorWorkspace = { read: rejectNowhere, list: rejectNowhere, opened: async () => undefined };

async function rejectNowhere(): Promise<never> {
  throw faultProblem("nowhere");
}

/** Whether a document's model is built from a data file. */
export function readsFile(uri: string, file: RiskFile | undefined, data: string): boolean {
  const changed = decodeURIComponent(data);
  return namesOf(file).some((name) => {
    const address = addressBeside(uri, name);
    return address !== undefined && decodeURIComponent(address) === changed;
  });
}

function addressOf(uri: string, path: string): string {
  const address = addressBeside(uri, path);
  if (address === undefined) throw faultProblem("nowhere");
  return address;
}

/** The address of a path beside a document; undefined where the document has no place in a folder. */
export function addressBeside(uri: string, path: string): string | undefined {
  if (uri.startsWith("file:")) return pathToFileURL(resolve(dirname(fileURLToPath(uri)), path)).href;
  const escaped = path.split("/").map(encodeURIComponent).join("/");
  return URL.canParse(escaped, uri) ? new URL(escaped, uri).href : undefined;
}

function namesOf(file: RiskFile | undefined): string[] {
  const entries = [...Object.values(file?.books ?? {}), ...Object.values(file?.venues ?? {})];
  return entries.flatMap((entry) => ("file" in entry && entry.file !== undefined ? [entry.file] : []));
}

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type FileFailure,
  LIST_FOLDER,
  type ListFolderParams,
  type ListFolderResult,
  OPEN_TEXT,
  type OpenTextParams,
  type OpenTextResult,
  READ_FILE,
  type ReadFileParams,
  type ReadFileResult,
} from "../protocol/files";
import { isInside } from "./inside";
import { openDocument } from "./risk-file";

/** Gives the server the files of the workspace, of whatever file system, as far as the workspace is trusted, and what is open. */
export function answerFiles(client: LanguageClient): void {
  client.onRequest<ReadFileResult, void>(READ_FILE, ({ uri, most }: ReadFileParams) =>
    answer(uri, (file) => read(file, most)),
  );
  client.onRequest<ListFolderResult, void>(LIST_FOLDER, ({ uri }: ListFolderParams) => answer(uri, list));
  client.onRequest<OpenTextResult, void>(OPEN_TEXT, ({ uri }: OpenTextParams) => {
    const document = openDocument(vscode.Uri.parse(uri));
    return document ? { text: document.getText(), version: document.version } : null;
  });
}

async function answer<Result>(
  address: string,
  look: (uri: vscode.Uri) => Promise<Result>,
): Promise<Result | FileFailure> {
  const uri = vscode.Uri.parse(address);
  try {
    return (await mayRead(uri)) ? await look(uri) : { fault: "untrusted" };
  } catch (error) {
    return failureOf(error);
  }
}

/** A file of this machine is read by the server itself: large ones need not pass through here. */
async function read(uri: vscode.Uri, most: number): Promise<ReadFileResult> {
  if (uri.scheme === "file") return { path: uri.fsPath };
  const { type, size } = await vscode.workspace.fs.stat(uri);
  if (type & vscode.FileType.Directory) return { fault: "folder" };
  if (size > most) return { fault: "too-large", size };
  return { base64: Buffer.from(await vscode.workspace.fs.readFile(uri)).toString("base64") };
}

async function list(uri: vscode.Uri): Promise<ListFolderResult> {
  const entries = await vscode.workspace.fs.readDirectory(uri);
  return {
    entries: entries.map(([name, type]) => ({ name, folder: (type & vscode.FileType.Directory) !== 0 })),
  };
}

/** In a workspace that is not trusted only what is in it, also where links lead. */
async function mayRead(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  if (uri.scheme !== "file") return vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  return isInside(uri.fsPath, folders);
}

const faults: Readonly<Record<string, FileFailure["fault"]>> = {
  FileNotFound: "missing",
  FileNotADirectory: "missing",
  FileIsADirectory: "folder",
  NoPermissions: "forbidden",
};

function failureOf(error: unknown): FileFailure {
  const fault = error instanceof vscode.FileSystemError ? faults[error.code] : undefined;
  return fault
    ? { fault }
    : { fault: "unreadable", detail: error instanceof Error ? error.message : String(error) };
}

/**
 * Server to client, requests: a file or a folder of the workspace, of whatever scheme. A client that answers them says
 * so by `files: true` in its initialization options; without it the server reads the file system.
 */
export const READ_FILE = "plimsoll/readFile";
export const LIST_FOLDER = "plimsoll/listFolder";
export const OPEN_TEXT = "plimsoll/openText";

export interface ReadFileParams {
  readonly uri: string;
  /** Bytes; a larger file is not read. */
  readonly most: number;
}

/** A file on this machine is named, for the server to read; another one's bytes are sent. */
export type ReadFileResult = { readonly path: string } | { readonly base64: string } | FileFailure;

export interface ListFolderParams {
  readonly uri: string;
}

export type ListFolderResult = { readonly entries: readonly FolderEntry[] } | FileFailure;

export interface FolderEntry {
  readonly name: string;
  readonly folder: boolean;
}

export interface OpenTextParams {
  readonly uri: string;
}

/** A file as it is in an editor, saved or not; null when it is open in none. */
export type OpenTextResult = OpenText | null;

export interface OpenText {
  readonly text: string;
  /** Of the editor's document. */
  readonly version: number;
}

export interface FileFailure {
  readonly fault: FileFault;
  /** Of a file that is too large: its bytes. */
  readonly size?: number;
  /** What the file system said, where nothing else is known. */
  readonly detail?: string;
}

export type FileFault = "missing" | "folder" | "too-large" | "forbidden" | "untrusted" | "unreadable";

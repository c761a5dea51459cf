/** Where data files come from: the file system for the terminal, the editor's files for the server. */
export interface Workspace {
  /**
   * The bytes of a data file.
   * @param path relative to the folder of the risk file
   * @throws FileProblem when it cannot be read
   */
  read(path: string): Promise<Uint8Array>;
}

/** A workspace one can also look around in. */
export interface BrowsableWorkspace extends Workspace {
  /**
   * What is in a folder.
   * @param path relative to the folder of the risk file
   * @throws FileProblem when it cannot be listed
   */
  list(path: string): Promise<readonly FolderEntry[]>;
}

export interface FolderEntry {
  readonly name: string;
  readonly folder: boolean;
}

/** `missing-file`: there is nothing to read. `unusable-file`: there is, but it is not the table it should be. */
export type FileRule = "missing-file" | "unusable-file";

/** A data file that cannot be used at all. The message goes on after the file's name: "does not exist. …" */
export class FileProblem extends Error {
  constructor(
    readonly rule: FileRule,
    message: string,
  ) {
    super(message);
    this.name = "FileProblem";
  }
}

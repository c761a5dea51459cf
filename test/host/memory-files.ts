import * as vscode from "vscode";

/** A file system in memory, as an extension for remote repositories brings one: files by path, folders by their names. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  readonly reads: string[] = [];

  constructor(private readonly files: Readonly<Record<string, string>>) {}

  stat({ path }: vscode.Uri): vscode.FileStat {
    const text = this.files[path];
    if (text !== undefined) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length };
    if (this.below(path).length === 0) throw vscode.FileSystemError.FileNotFound(path);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    this.reads.push(path);
    const text = this.files[path];
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return Buffer.from(text);
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    return this.below(path).map((name) => [name, vscode.FileType.File]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  writeFile = refuse;
  createDirectory = refuse;
  delete = refuse;
  rename = refuse;

  private below(path: string): string[] {
    const folder = path.endsWith("/") ? path : `${path}/`;
    return Object.keys(this.files)
      .filter((file) => file.startsWith(folder))
      .map((file) => file.slice(folder.length));
  }
}

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions("These files are only read.");
}

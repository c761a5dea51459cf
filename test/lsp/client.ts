import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Diagnostic, ProgressToken, ProtocolConnection, TextEdit } from "vscode-languageserver/node";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  OPEN_TEXT,
  type OpenTextParams,
  type OpenTextResult,
  READ_FILE,
  type ReadFileParams,
  type ReadFileResult,
} from "../../src/protocol/files";
import { PICTURE, type Picture } from "../../src/protocol/messages";

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

export interface ProgressReport {
  readonly token: ProgressToken;
  readonly kind: "begin" | "report" | "end";
  readonly percentage?: number;
  readonly title?: string;
}

/** An editor in front of the bundled server: it keeps what the server says, in the order it came. */
export interface Client {
  readonly server: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly published: Published[];
  readonly pictures: Picture[];
  readonly progress: ProgressReport[];
  readonly log: string[];
  /** What the server asked the editor to ask for again. */
  readonly refreshed: string[];
  /** Changes the client's settings `plimsoll.*`, and tells the server as an editor does. */
  configure(settings: object): void;
  open(uri: string, text: string): void;
  /** Replaces what is in a range; the new version. */
  edit(uri: string, edit: TextEdit): number;
  /** Replaces the first occurrence of `found`; the new version. */
  replace(uri: string, found: string, replacement: string): number;
  save(uri: string): void;
  close(uri: string): void;
  text(uri: string): string;
  version(uri: string): number;
  /** Waits until the newest diagnostics of a file are as expected. */
  diagnostics(uri: string, expected?: (published: Published) => boolean): Promise<Diagnostic[]>;
  /** Waits until the newest picture of a file is as expected. */
  picture(uri: string, expected: (picture: Picture) => boolean): Promise<Picture>;
  stop(): Promise<number | null>;
}

const bundle = process.env.PLIMSOLL_SERVER ?? fileURLToPath(new URL("../../dist/server.js", import.meta.url));

export interface ClientOptions {
  /** Further arguments of Node itself. */
  readonly node?: string[];
  /** The settings `plimsoll.*`; without them the client has none to ask for. */
  readonly settings?: object;
  /** Answers the server's requests for files; without it the server reads the file system. */
  readonly readFile?: (params: ReadFileParams) => ReadFileResult;
  /** Answers, beside `readFile`, the server's requests for what is open; without it nothing is. */
  readonly openText?: (params: OpenTextParams) => OpenTextResult;
  /** What the client says of itself at the start, beside that. */
  readonly initializationOptions?: object;
  /** The folder that is open. */
  readonly root?: string;
}

/** Starts the server over stdio. */
export async function startClient({
  node = [],
  settings,
  readFile,
  openText = () => null,
  initializationOptions,
  root,
}: ClientOptions = {}): Promise<Client> {
  const server = spawn(process.execPath, [...node, bundle, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = new Promise<number | null>((resolve) => server.once("exit", resolve));
  const reader = new StreamMessageReader(server.stdout!);
  const connection = createProtocolConnection(reader, new StreamMessageWriter(server.stdin!), undefined);
  const heard = listen(connection);
  if (readFile) connection.onRequest<ReadFileResult, void>(READ_FILE, readFile);
  if (readFile) connection.onRequest<OpenTextResult, void>(OPEN_TEXT, openText);
  connection.onRequest("workspace/configuration", ({ items }: { items: object[] }) =>
    items.map(() => settings),
  );
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: root ?? null,
    initializationOptions: { ...initializationOptions, files: readFile !== undefined },
    capabilities: {
      window: { workDoneProgress: true },
      workspace: {
        workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
        configuration: settings !== undefined,
        codeLens: { refreshSupport: true },
        inlayHint: { refreshSupport: true },
      },
    },
  });
  await connection.sendNotification("initialized", {});
  return { server, connection, ...heard, configure, ...editor(connection), ...waits(heard), stop };

  function configure(changed: object): void {
    settings = changed;
    void connection.sendNotification("workspace/didChangeConfiguration", { settings: { plimsoll: changed } });
  }

  async function stop(): Promise<number | null> {
    if (server.exitCode === null && server.signalCode === null) {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
    }
    const code = await exited;
    connection.dispose();
    return code;
  }
}

type Heard = Pick<Client, "published" | "pictures" | "progress" | "log" | "refreshed">;

function listen(connection: ProtocolConnection): Heard {
  const heard: Heard = { published: [], pictures: [], progress: [], log: [], refreshed: [] };
  for (const what of ["codeLens", "inlayHint"]) {
    connection.onRequest(`workspace/${what}/refresh`, () => {
      heard.refreshed.push(what);
      return null;
    });
  }
  connection.onNotification("textDocument/publishDiagnostics", (each: Published) => {
    heard.published.push(each);
  });
  connection.onNotification(PICTURE, (picture: Picture) => {
    heard.pictures.push(picture);
  });
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
    heard.log.push(message);
  });
  connection.onRequest("window/workDoneProgress/create", () => null);
  connection.onNotification("$/progress", ({ token, value }) => {
    heard.progress.push({ token, ...value });
  });
  return heard;
}

/** The documents as the editor has them. */
function editor(connection: ProtocolConnection) {
  const documents = new Map<string, TextDocument>();
  const send = (method: string, params: object) => {
    void connection.sendNotification(`textDocument/${method}`, params);
  };
  function edit(uri: string, { range, newText: text }: TextEdit): number {
    const document = documents.get(uri)!;
    const version = document.version + 1;
    TextDocument.update(document, [{ range, text }], version);
    send("didChange", { textDocument: { uri, version }, contentChanges: [{ range, text }] });
    return version;
  }
  return {
    edit,
    text: (uri: string) => documents.get(uri)!.getText(),
    version: (uri: string) => documents.get(uri)!.version,
    open(uri: string, text: string) {
      documents.set(uri, TextDocument.create(uri, "plimsoll", 1, text));
      send("didOpen", { textDocument: { uri, languageId: "plimsoll", version: 1, text } });
    },
    replace(uri: string, found: string, replacement: string) {
      const document = documents.get(uri)!;
      const at = document.getText().indexOf(found);
      if (at < 0) throw new Error(`There is no ${found} in ${uri}.`);
      const range = { start: document.positionAt(at), end: document.positionAt(at + found.length) };
      return edit(uri, { range, newText: replacement });
    },
    save: (uri: string) => send("didSave", { textDocument: { uri } }),
    close: (uri: string) => send("didClose", { textDocument: { uri } }),
  };
}

function waits({ published, pictures }: Heard) {
  return {
    async diagnostics(uri: string, expected: (published: Published) => boolean = () => true) {
      const found = await until(
        () => newest(published, uri, expected),
        () => newest(published, uri),
      );
      return found.diagnostics;
    },
    picture(uri: string, expected: (picture: Picture) => boolean) {
      return until(
        () => newest(pictures, uri, expected),
        () => newest(pictures, uri),
      );
    },
  };
}

function newest<T extends { readonly uri: string }>(
  all: readonly T[],
  uri: string,
  expected: (item: T) => boolean = () => true,
): T | undefined {
  const last = all.filter((each) => each.uri === uri).at(-1);
  return last && expected(last) ? last : undefined;
}

/** Asks again until there is something; after 30 s it fails with what there is instead. */
export async function until<T>(read: () => T | undefined, instead: () => unknown = () => ""): Promise<T> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const value = read();
    if (value !== undefined) return value;
    if (performance.now() > deadline)
      throw new Error(`It did not come. Instead: ${JSON.stringify(instead())?.slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

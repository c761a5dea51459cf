import {
  type ClientCapabilities,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { version } from "../../package.json";
import { diagnosticsOf } from "../language/diagnostics";
import { PICTURE, SHOW, type ShowParams, SIMULATE, type SimulateParams } from "../protocol/messages";
import type { Pool } from "../run/pool";
import { readsFile, workspaceOf } from "./data-files";
import { show } from "./fall-curve";
import type { Open } from "./features/feature";
import { features } from "./features/features";
import { progressOf } from "./progress";
import { startRun } from "./run";
import { closeSession, openSession, type Services, type Session } from "./session";

/** What the client may say when it starts the server. */
export interface ServerSettings {
  /** Number of simulation threads. */
  readonly threads?: number;
}

export interface ServerOptions {
  /** Called when the first risk file is opened. */
  readonly createPool: (settings: ServerSettings) => Pool;
}

const capabilities: InitializeResult["capabilities"] = Object.assign(
  { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true } },
  ...features.map((feature) => feature.capabilities),
);

/** Serves a client over a connection that is not listening yet. */
export function startServer(connection: Connection, { createPool }: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);
  const sessions = new Map<string, Session>();
  let client: ClientCapabilities = {};
  let settings: ServerSettings = {};
  let pool: Pool | undefined;

  connection.onInitialize((params) => {
    client = params.capabilities;
    settings = settingsOf(params.initializationOptions);
    return { capabilities, serverInfo: { name: "Plimsoll", version } };
  });
  connection.onShutdown(() => pool?.dispose());

  documents.onDidOpen(({ document }) => {
    pool ??= warmed(createPool(settings));
    const session = openSession(document, servicesOf(connection, document, pool));
    sessions.set(document.uri, session);
    startRun(session);
  });
  documents.onDidChangeContent(({ document }) => sessions.get(document.uri)?.typing.request());
  documents.onDidSave(({ document }) => {
    const session = sessions.get(document.uri);
    if (session) startRun(session);
  });
  documents.onDidClose(({ document }) => {
    const session = sessions.get(document.uri);
    sessions.delete(document.uri);
    if (session) closeSession(session);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const session of sessions.values()) {
      const { file } = session.checked.source;
      if (changes.some(({ uri }) => readsFile(session.document.uri, file, uri))) startRun(session);
    }
  });

  connection.onRequest(SIMULATE, ({ uri }: SimulateParams) => {
    const session = sessions.get(uri);
    return session ? startRun(session) : false;
  });
  connection.onNotification(SHOW, ({ uri, asset }: ShowParams) => {
    const session = uri === undefined ? undefined : sessions.get(uri);
    if (session) show(session, asset);
  });
  const open: Open = { session: (uri) => sessions.get(uri), client: () => client };
  for (const feature of features) feature.answer(connection, open);
  documents.listen(connection);
}

/** Threads start now, so that the first run does not wait for them. */
function warmed(pool: Pool): Pool {
  pool.warm();
  return pool;
}

/** Ignores what is no valid setting: a client of any make may send anything. */
function settingsOf(options: unknown): ServerSettings {
  const threads = (options as { threads?: unknown } | null | undefined)?.threads;
  return Number.isInteger(threads) && Number(threads) >= 1 ? { threads: Number(threads) } : {};
}

function servicesOf(connection: Connection, document: TextDocument, pool: Pool): Services {
  const { uri } = document;
  const report = (error: unknown) => connection.console.error(describeError(error));
  const send = (sent: Promise<void>) => void sent.catch(report);
  return {
    workspace: workspaceOf(uri),
    simulate: pool.simulate,
    publish: (problems) => {
      const diagnostics = diagnosticsOf(problems, document);
      send(connection.sendDiagnostics({ uri, version: document.version, diagnostics }));
    },
    draw: (picture) => send(connection.sendNotification(PICTURE, picture)),
    progress: (cancel) => progressOf(connection, "Simulating liquidations", cancel),
    report,
  };
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

import * as l10n from "@vscode/l10n";
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
import {
  CANCEL,
  type CancelParams,
  PICTURE,
  SHOW,
  type ShowParams,
  SIMULATE,
  type SimulateParams,
} from "../protocol/messages";
import { isPast } from "../protocol/past";
import type { Pool } from "../run/pool";
import type { Simulate } from "../run/simulate";
import { isBuiltOn, rebase } from "./bases";
import { coalesce } from "./coalesce";
import { followSettings } from "./configuration";
import { addressIn, clientWorkspace, type EditorWorkspace, readsFile, workspaceOf } from "./data-files";
import { redrawCurve, show } from "./fall-curve";
import type { Folder, Open } from "./features/feature";
import { features } from "./features/features";
import { progressOf } from "./progress";
import { readingOf } from "./reading";
import { rehearsal } from "./rehearsal";
import { startRun } from "./run";
import { closeSession, openSession, publish, type Services, type Session } from "./session";
import type { Settings } from "./settings";
import { startInSlices } from "./slices";

export interface ServerOptions {
  /** Called when the first risk file is opened. */
  readonly createPool: (settings: Settings) => Pool;
}

const capabilities: InitializeResult["capabilities"] = Object.assign(
  { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true } },
  ...features.map((feature) => feature.capabilities),
);

/** Serves a client over a connection that is not listening yet. */
export function startServer(connection: Connection, { createPool }: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);
  const sessions = new Map<string, Session>();
  /** What stops the reading of a document that has no session yet. */
  const opening = new Map<string, () => void>();
  let client: ClientCapabilities = {};
  let files = false;
  let folders: readonly string[] = [];
  let pool: Pool | undefined;
  let rehearsed = false;
  const simulate: Simulate = (...job) => pool!.simulate(...job);
  const report = (error: unknown) => connection.console.error(describeError(error));
  const told = coalesce(() => {
    for (const feature of features) feature.refresh?.(connection, client).catch(report);
  }).request;
  const { settings, begin, follow } = followSettings(connection, (now, before) => {
    if (pool && now.threads !== before.threads) replacePool(pool);
    for (const session of sessions.values()) publish(session);
    told();
  });

  connection.onInitialize((params) => {
    client = params.capabilities;
    begin(client, params.initializationOptions);
    files = params.initializationOptions?.files === true;
    folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    const contents = params.initializationOptions?.l10n;
    if (contents) l10n.config({ contents });
    return { capabilities, serverInfo: { name: "Plimsoll", version } };
  });
  connection.onInitialized(async () => {
    if (client.workspace?.workspaceFolders) followFolders();
    await follow();
  });
  connection.onShutdown(() => pool?.dispose());

  documents.onDidOpen(({ document }) => {
    pool ??= warmed(createPool(settings()));
    const workspace = workspaceBeside(document.uri);
    const rebase = () => followBase(document.uri, publish);
    const services = servicesOf(connection, document, { workspace, simulate, settings, told, rebase });
    const stop = startInSlices(readingOf(document), (source) => {
      const session = openSession(document, services, source);
      sessions.set(document.uri, session);
      followBase(document.uri, startRun);
      rehearse(session);
    });
    opening.set(document.uri, stop);
  });
  documents.onDidChangeContent(({ document }) => {
    sessions.get(document.uri)?.typing.request();
    followIn(document.uri, publish);
  });
  documents.onDidSave(({ document }) => {
    const session = sessions.get(document.uri);
    if (session) startRun(session);
    followIn(document.uri, startRun);
  });
  documents.onDidClose(({ document }) => {
    const session = sessions.get(document.uri);
    opening.get(document.uri)?.();
    opening.delete(document.uri);
    sessions.delete(document.uri);
    if (session) closeSession(session);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const session of sessions.values()) {
      const { file } = session.checked.source;
      if (changes.some(({ uri }) => isBuiltOn(session, uri))) followBase(session.document.uri, startRun);
      else if (changes.some(({ uri }) => readsFile(session.document.uri, file, uri))) startRun(session);
    }
  });

  connection.onRequest(SIMULATE, ({ uri }: SimulateParams) => {
    const session = sessions.get(uri);
    return session ? startRun(session) : opening.has(uri);
  });
  connection.onRequest(CANCEL, ({ uri }: CancelParams) => {
    const running = [...sessions.values()].flatMap(({ document, running }) =>
      running && (uri === undefined || document.uri === uri) ? [running] : [],
    );
    for (const run of running) run.abort();
    return running.length > 0;
  });
  connection.onNotification(SHOW, ({ uri, asset }: ShowParams) => {
    const session = uri === undefined ? undefined : sessions.get(uri);
    if (session) show(session, asset);
  });
  const open: Open = {
    session: (uri) => sessions.get(uri),
    folders: () => folders.map(folderOf),
    client: () => client,
    refresh: told,
  };
  for (const feature of features) feature.answer(connection, open);
  documents.listen(connection);

  /** Once is enough, whichever file it is; what opening it asks for comes first. */
  function rehearse({ document, checked }: Session): void {
    if (rehearsed) return;
    rehearsed = true;
    setTimeout(() => startInSlices(rehearsal(document, checked), () => {}, 5), 200).unref();
  }

  /** Does something with a document once the file that it extends is known as it is now. */
  function followBase(uri: string, then: (session: Session) => void): void {
    const session = sessions.get(uri);
    if (!session) return;
    const isAlone = session.base === undefined && session.checked.source.extends === undefined;
    if (isAlone) then(session);
    else rebase(session, (address) => documents.get(address)).then((done) => done && then(session), report);
  }

  /** The same with the documents that are built on a text. */
  function followIn(uri: string, then: (session: Session) => void): void {
    for (const session of sessions.values())
      if (isBuiltOn(session, uri)) followBase(session.document.uri, then);
  }

  function followFolders(): void {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const left = folders.filter((folder) => !removed.some(({ uri }) => uri === folder));
      folders = [...left, ...added.map(({ uri }) => uri)];
    });
  }

  function workspaceBeside(uri: string): EditorWorkspace {
    return files ? clientWorkspace(uri, connection) : workspaceOf(uri);
  }

  function folderOf(uri: string): Folder {
    return {
      workspace: workspaceBeside(addressIn(uri, "any.risk.yaml")),
      uriOf: (path) => addressIn(uri, path),
    };
  }

  /** Results are the same for any number of threads: only what is under way starts again. */
  function replacePool(old: Pool): void {
    pool = warmed(createPool(settings()));
    for (const session of sessions.values()) {
      if (session.running) startRun(session);
      else redrawCurve(session);
    }
    void old.dispose();
  }
}

/** Threads start now, so that the first run does not wait for them. */
function warmed(pool: Pool): Pool {
  pool.warm();
  return pool;
}

function servicesOf(
  connection: Connection,
  document: TextDocument,
  shared: Pick<Services, "workspace" | "simulate" | "settings" | "told" | "rebase">,
): Services {
  const { uri } = document;
  const report = (error: unknown) => connection.console.error(describeError(error));
  /** Nobody can correct what a file once was: nothing is said of it unasked. */
  const send = (message: () => Promise<void>) => void (isPast(uri) || message().catch(report));
  return {
    ...shared,
    publish: (problems) => {
      const diagnostics = diagnosticsOf(problems, document);
      send(() => connection.sendDiagnostics({ uri, version: document.version, diagnostics }));
    },
    draw: (picture) => send(() => connection.sendNotification(PICTURE, picture)),
    progress: (cancel) => progressOf(connection, l10n.t("Simulating liquidations"), cancel),
    report,
  };
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

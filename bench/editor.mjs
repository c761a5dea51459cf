import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";

const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = createRequire(import.meta.url)(
  "vscode-languageserver/node",
);

/**
 * Starts the bundled server over stdio and greets it, as an editor does.
 * @param {string} root folder of the checkout
 */
export function startServer(root) {
  return startLanguageServer([path.join(root, "dist/server.js"), "--stdio"]);
}

/**
 * Starts a language server in Node and greets it.
 * @param {string[]} args of Node
 * @param {(section: string) => unknown} settings what the server is told when it asks for its settings
 */
export async function startLanguageServer(args, settings = () => null) {
  const begun = performance.now();
  const server = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest("window/workDoneProgress/create", () => null);
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("workspace/configuration", ({ items }) =>
    items.map(({ section }) => settings(section)),
  );
  const notifications = new EventEmitter();
  connection.onUnhandledNotification(({ method, params }) => notifications.emit(method, params));
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      window: { workDoneProgress: true },
      workspace: { configuration: true },
      textDocument: {
        hover: { contentFormat: ["markdown"] },
        completion: { completionItem: { snippetSupport: true } },
      },
    },
  });
  const greeted = performance.now() - begun;
  await connection.sendNotification("initialized", {});
  return { pid: server.pid, connection, notifications, greeted, stop: () => stop(server, connection) };
}

const PATIENCE = 120_000;

/** Resolves to the first notification of `method` that is as expected; rejects when there is none in two minutes. */
export function heard({ notifications }, method, expected) {
  return new Promise((resolve, reject) => {
    const listener = (params) => {
      if (expected(params)) end(() => resolve(params));
    };
    const silence = new Error(`The server did not send the ${method} that was waited for.`);
    const timer = setTimeout(() => end(() => reject(silence)), PATIENCE);
    const end = (settle) => {
      clearTimeout(timer);
      notifications.off(method, listener);
      settle();
    };
    notifications.on(method, listener);
  });
}

export function open(connection, uri, text, languageId = "plimsoll") {
  const textDocument = { uri, languageId, version: 1, text };
  return connection.sendNotification("textDocument/didOpen", { textDocument });
}

async function stop(server, connection) {
  const exited = new Promise((resolve) => server.once("exit", resolve));
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  await exited;
  connection.dispose();
}

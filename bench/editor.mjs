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
export async function startServer(root) {
  const server = spawn(process.execPath, [path.join(root, "dist/server.js"), "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest("window/workDoneProgress/create", () => null);
  const notifications = new EventEmitter();
  connection.onUnhandledNotification(({ method, params }) => notifications.emit(method, params));
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: { window: { workDoneProgress: true } },
  });
  await connection.sendNotification("initialized", {});
  return { pid: server.pid, connection, notifications, stop: () => stop(server, connection) };
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

export function open(connection, uri, text) {
  const textDocument = { uri, languageId: "plimsoll", version: 1, text };
  return connection.sendNotification("textDocument/didOpen", { textDocument });
}

async function stop(server, connection) {
  const exited = new Promise((resolve) => server.once("exit", resolve));
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  await exited;
  connection.dispose();
}

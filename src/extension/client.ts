import * as vscode from "vscode";
import { LanguageClient, type ProgressToken, TransportKind } from "vscode-languageclient/node";
import { PICTURE, type Picture, SHOW, type ShowParams, SIMULATE } from "../protocol/messages";
import { LANGUAGE } from "./risk-file";

/** The language server as the rest of the extension sees it. */
export interface Client extends vscode.Disposable {
  start(): Promise<void>;
  /** Runs an open file as it is now; false when it has errors and cannot be run. */
  simulate(uri: vscode.Uri): Promise<boolean>;
  /** Tells which file and asset the panel shows. */
  show(params: ShowParams): void;
  /** Cancels every run under way; false when there is none. */
  cancel(): boolean;
}

/**
 * A client of the server.
 * @param module file of the bundled server
 * @param onPicture gets what the panel shows of a file, whenever it changes
 */
export function createClient(module: string, onPicture: (picture: Picture) => void): Client {
  const runs = new Set<ProgressToken>();
  const watched = vscode.workspace.createFileSystemWatcher("**/*.csv");
  const client = new LanguageClient(
    "plimsoll",
    "Plimsoll",
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [{ language: LANGUAGE }],
      initializationOptions: settings,
      synchronize: { fileEvents: watched },
      middleware: {
        handleWorkDoneProgress(token, params, next) {
          if (params.kind === "end") runs.delete(token);
          else runs.add(token);
          next(token, params);
        },
      },
    },
  );
  client.onNotification(PICTURE, onPicture);
  client.onDidChangeState(() => runs.clear());
  return {
    start: () => client.start(),
    simulate: (uri) => client.sendRequest(SIMULATE, { uri: uri.toString() }),
    show: (params) => void client.sendNotification(SHOW, params),
    cancel() {
      for (const token of runs) void client.sendNotification("window/workDoneProgress/cancel", { token });
      return runs.size > 0;
    },
    dispose() {
      watched.dispose();
      void client.dispose();
    },
  };
}

/** What the server asks for later, so that it need not wait for it. */
function settings() {
  const { threads, rules, inlayHints } = vscode.workspace.getConfiguration("plimsoll");
  return { threads, rules, inlayHints };
}

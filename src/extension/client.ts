import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { CANCEL, PICTURE, type Picture, SHOW, type ShowParams, SIMULATE } from "../protocol/messages";
import { OUTLINE, type Outline } from "../protocol/outline";
import { answerFiles } from "./files";
import { isRiskFile, LANGUAGE, openDocument } from "./risk-file";

/** The language server as the rest of the extension sees it. */
export interface Client extends vscode.Disposable {
  start(): Promise<void>;
  /** Runs a file as it is now, opening it when it is not; false when it has errors and cannot be run. */
  simulate(uri: vscode.Uri): Promise<boolean>;
  /** Cancels the run of a file, or every run; false when there is none. */
  cancel(uri?: vscode.Uri): Promise<boolean>;
  /** What is run and judged in a file, open or not. */
  outline(uri: vscode.Uri): Promise<Outline>;
  /** Tells which file and asset the panel shows. */
  show(params: ShowParams): void;
}

/**
 * A client of the server.
 * @param module file of the bundled server
 * @param onPicture gets what the panel shows of a file, whenever it changes
 */
export function createClient(module: string, onPicture: (picture: Picture) => void): Client {
  const watched = vscode.workspace.createFileSystemWatcher("**/*.{csv,risk.yaml,risk.yml}");
  const client = new LanguageClient(
    "plimsoll",
    "Plimsoll",
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [{ language: LANGUAGE }],
      initializationOptions: settings,
      synchronize: { fileEvents: watched },
    },
  );
  client.onNotification(PICTURE, onPicture);
  answerFiles(client);
  const simulate = async (uri: vscode.Uri): Promise<boolean> => {
    await vscode.workspace.openTextDocument(uri);
    return client.sendRequest(SIMULATE, { uri: uri.toString() });
  };
  const trusted = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    for (const { uri } of vscode.workspace.textDocuments.filter(isRiskFile)) void simulate(uri);
  });
  return {
    start: () => client.start(),
    simulate,
    cancel: (uri) => client.sendRequest(CANCEL, { uri: uri?.toString() }),
    async outline(uri) {
      const text = openDocument(uri)?.getText() ?? (await textOf(uri));
      return client.sendRequest(OUTLINE, { uri: uri.toString(), text });
    },
    show: (params) => void client.sendNotification(SHOW, params),
    dispose() {
      vscode.Disposable.from(watched, trusted).dispose();
      void client.dispose();
    },
  };
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/**
 * What the server would ask for, so that it need not wait for it; that we read data files for it; and the texts of the
 * display language, where it is not English.
 */
function settings() {
  const { threads, rules, inlayHints } = vscode.workspace.getConfiguration("plimsoll");
  return { threads, rules, inlayHints, files: true, l10n: vscode.l10n.bundle };
}

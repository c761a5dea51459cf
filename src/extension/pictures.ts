import * as vscode from "vscode";
import type { Picture } from "../protocol/messages";
import { openDocument, RISK_FILES } from "./risk-file";

/** The newest picture of every file, for whoever shows it. */
export interface Pictures extends vscode.Disposable {
  receive(picture: Picture): void;
  of(uri: vscode.Uri): Picture | undefined;
  /** The first picture after the run under way; undefined when the file is closed before that. */
  afterRun(uri: vscode.Uri): Promise<Picture | undefined>;
  readonly onDidChange: vscode.Event<Picture>;
}

export function createPictures(): Pictures {
  const newest = new Map<string, Picture>();
  const changed = new vscode.EventEmitter<Picture>();
  const tellRunning = runningKey(() => newest.values());
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    const last = newest.get(uri.toString());
    newest.delete(uri.toString());
    tellRunning();
    if (last?.status.state === "done") newest.set(last.uri, withoutCharts(last));
  });
  const onDisk = vscode.workspace.createFileSystemWatcher(RISK_FILES, true);
  const forget = (uri: vscode.Uri) => {
    if (!openDocument(uri)) newest.delete(uri.toString());
  };
  onDisk.onDidChange(forget);
  onDisk.onDidDelete(forget);
  return {
    receive(picture) {
      newest.set(picture.uri, picture);
      tellRunning();
      changed.fire(picture);
    },
    of: (uri) => newest.get(uri.toString()),
    afterRun: (uri) => afterRun(uri, changed.event),
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(closed, onDisk, changed).dispose(),
  };
}

/** Tells VS Code whether there is a run to cancel, when that has changed. */
function runningKey(pictures: () => Iterable<Picture>): () => void {
  let told = false;
  return () => {
    const running = [...pictures()].some(({ status }) => status.state === "running");
    if (running === told) return;
    told = running;
    void vscode.commands.executeCommand("setContext", "plimsoll.running", running);
  };
}

/** Of a closed file the figures are kept; its charts are large and nobody sees them. */
function withoutCharts(picture: Picture): Picture {
  return { ...picture, fallCurve: undefined, worstPath: undefined, distribution: undefined };
}

function afterRun(uri: vscode.Uri, pictures: vscode.Event<Picture>): Promise<Picture | undefined> {
  return new Promise((resolve) => {
    const end = (picture?: Picture) => {
      vscode.Disposable.from(...listening).dispose();
      resolve(picture);
    };
    const listening = [
      pictures((picture) => {
        if (picture.uri === uri.toString() && picture.status.state !== "running") end(picture);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document.uri.toString() === uri.toString()) end();
      }),
    ];
  });
}

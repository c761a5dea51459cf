import * as vscode from "vscode";
import type { Picture } from "../protocol/messages";

/** The newest picture of every file, for whoever shows it. */
export interface Pictures extends vscode.Disposable {
  receive(picture: Picture): void;
  of(uri: vscode.Uri): Picture | undefined;
  readonly onDidChange: vscode.Event<Picture>;
}

export function createPictures(): Pictures {
  const newest = new Map<string, Picture>();
  const changed = new vscode.EventEmitter<Picture>();
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => newest.delete(uri.toString()));
  return {
    receive(picture) {
      newest.set(picture.uri, picture);
      changed.fire(picture);
    },
    of: (uri) => newest.get(uri.toString()),
    onDidChange: changed.event,
    dispose() {
      closed.dispose();
      changed.dispose();
    },
  };
}

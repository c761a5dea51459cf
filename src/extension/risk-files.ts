import * as vscode from "vscode";
import type { Outline } from "../protocol/outline";
import type { Client } from "./client";
import { isRiskFile, openDocument, RISK_FILES } from "./risk-file";

/** The risk files of the workspace, and those open from elsewhere, with what is in them. */
export interface RiskFiles extends vscode.Disposable {
  /** In the order of their paths. */
  find(): Promise<vscode.Uri[]>;
  /** What is run and judged in a file, as its text is now. */
  outline(uri: vscode.Uri): Promise<Outline>;
  /** Fires with the file whose text has changed; with nothing when there are other files. */
  readonly onDidChange: vscode.Event<vscode.Uri | undefined>;
}

const EXCLUDED = "**/node_modules/**";

/** Edits come faster than anybody reads a list. */
const EDIT_DELAY = 300;

export function createRiskFiles(client: Client): RiskFiles {
  const outlines = new Map<string, Promise<Outline>>();
  const changed = new vscode.EventEmitter<vscode.Uri | undefined>();
  const tell = (uri?: vscode.Uri) => {
    if (uri) outlines.delete(uri.toString());
    changed.fire(uri);
  };
  const watched = [changed, ...watch(tell)];
  return {
    find,
    outline(uri) {
      const key = uri.toString();
      const known = outlines.get(key) ?? client.outline(uri);
      outlines.set(key, known);
      known.catch(() => outlines.delete(key));
      return known;
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...watched).dispose(),
  };
}

async function find(): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(RISK_FILES, EXCLUDED);
  const open = vscode.workspace.textDocuments.filter(isRiskFile).map(({ uri }) => uri);
  const all = new Map([...found, ...open].map((uri) => [uri.toString(), uri]));
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function watch(tell: (uri?: vscode.Uri) => void): vscode.Disposable[] {
  const onDisk = vscode.workspace.createFileSystemWatcher(RISK_FILES);
  const elsewhere = (document: vscode.TextDocument) => {
    if (isRiskFile(document) && !vscode.workspace.getWorkspaceFolder(document.uri)) tell();
  };
  return [
    onDisk,
    onDisk.onDidCreate(() => tell()),
    onDisk.onDidDelete(() => tell()),
    onDisk.onDidChange((uri) => openDocument(uri) || tell(uri)),
    vscode.workspace.onDidOpenTextDocument(elsewhere),
    vscode.workspace.onDidCloseTextDocument(elsewhere),
    ...watchEdits(tell),
  ];
}

function watchEdits(tell: (uri: vscode.Uri) => void): vscode.Disposable[] {
  const waiting = new Map<string, NodeJS.Timeout>();
  const edited = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (!isRiskFile(document)) return;
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => tell(document.uri), EDIT_DELAY),
    );
  });
  const forget = () => {
    for (const timer of waiting.values()) clearTimeout(timer);
  };
  return [edited, new vscode.Disposable(forget)];
}

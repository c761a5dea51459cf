import { createRequire } from "node:module";
import path from "node:path";
import * as vscode from "vscode";
import type * as importing from "../import/main";

export interface ImportSurroundings {
  /** File of the bundled importer, which is loaded when somebody imports. */
  readonly bundle: string;
  /** Keeps the RPC URL: it may have a key. */
  readonly secrets: vscode.SecretStorage;
}

const SECRET = "plimsoll.rpcUrl";

type Subject = importing.ImportRequest["subject"];

/** Asks what to import and from where, writes it into the workspace and opens it. */
export async function importDeployment({ bundle, secrets }: ImportSurroundings): Promise<void> {
  const folder = folderToWrite();
  if (!folder) return;
  const subject = await askSubject();
  if (!subject) return;
  const out = await ask(vscode.l10n.t("Folder to write to, from {0}", folder.fsPath), { value: "imported" });
  const quoter = out && (await ask(vscode.l10n.t("Address of Uniswap's QuoterV2, for venues; or nothing")));
  if (!out || quoter === undefined) return;
  const rpc = await ask(
    vscode.l10n.t("RPC URL of a node. It is kept in the editor's secret storage alone."),
    {
      value: await secrets.get(SECRET),
      password: true,
    },
  );
  if (!rpc) return;
  const request = { subject, rpc, quoter: quoter || undefined, out: path.join(folder.fsPath, out) };
  const outcome = await run(createRequire(__filename)(bundle) as typeof importing, request);
  if (outcome.kind === "written") await secrets.store(SECRET, rpc);
  await tell(outcome);
}

/** An import reads an address that a workspace may suggest, and writes files: not where nobody vouches for the workspace. */
function folderToWrite(): vscode.Uri | undefined {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!vscode.workspace.isTrusted)
    void vscode.window.showWarningMessage(
      vscode.l10n.t("Nothing is imported into a workspace that is not trusted. Trust it first."),
    );
  else if (folder?.uri.scheme === "file") return folder.uri;
  else
    void vscode.window.showWarningMessage(
      vscode.l10n.t("An import is written into a folder on disk. Open one first."),
    );
  return undefined;
}

async function askSubject(): Promise<Subject | undefined> {
  const protocols = [
    { label: vscode.l10n.t("Aave v3"), protocol: "aave-v3" as const },
    { label: vscode.l10n.t("Morpho Blue"), protocol: "morpho-blue" as const },
  ];
  const title = vscode.l10n.t("Import a live deployment");
  const chosen = await vscode.window.showQuickPick(protocols, { title });
  if (chosen?.protocol === "aave-v3") {
    const provider = await ask(vscode.l10n.t("Address of the PoolAddressesProvider"));
    return provider ? { protocol: "aave-v3", provider } : undefined;
  }
  const ids = chosen && (await ask(vscode.l10n.t("Ids of the markets, with spaces between them")));
  return ids ? { protocol: "morpho-blue", markets: ids.split(/\s+/) } : undefined;
}

/** Undefined when it was called off. */
async function ask(prompt: string, more: vscode.InputBoxOptions = {}): Promise<string | undefined> {
  return (await vscode.window.showInputBox({ prompt, ignoreFocusOut: true, ...more }))?.trim();
}

function run(
  { importDeployment }: typeof importing,
  request: importing.ImportRequest,
): Thenable<importing.ImportOutcome> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Importing"),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    const end = new AbortController();
    token.onCancellationRequested(() => end.abort());
    const told = (doing: string, done: number, total: number) =>
      progress.report({ message: `${doing} ${done} / ${total}` });
    return importDeployment(request, { progress: told, signal: end.signal });
  });
}

async function tell(outcome: importing.ImportOutcome): Promise<void> {
  if (outcome.kind === "failed") void vscode.window.showErrorMessage(outcome.message);
  if (outcome.kind !== "written") return;
  const document = await vscode.workspace.openTextDocument(outcome.file);
  await vscode.window.showTextDocument(document, { preview: false });
  void vscode.window.showInformationMessage(outcome.report.map((line) => line.trim()).join(" "));
}

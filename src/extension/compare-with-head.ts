import { basename } from "node:path/posix";
import * as vscode from "vscode";

/** What is used of the API of VS Code's built-in Git extension, version 1 (extensions/git/src/api/git.d.ts). */
interface Git {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<Git["state"]>;
  getRepository(uri: vscode.Uri): Repository | null;
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

interface Repository {
  show(ref: string, path: string): Promise<string>;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): Git;
}

/** Opens the editor's diff of a file against HEAD, or says why there is none. */
export async function compareWithHead(uri: vscode.Uri): Promise<void> {
  const name = basename(uri.path);
  const git = await findGit();
  if (!git)
    return say(
      vscode.l10n.t(
        "Comparing with HEAD needs VS Code's built-in Git extension, which is switched off or missing.",
      ),
    );
  const repository = git.getRepository(uri);
  if (!repository)
    return say(vscode.l10n.t("{0} is in no git repository, so there is no HEAD to compare it with.", name));
  try {
    await repository.show("HEAD", uri.fsPath);
  } catch {
    return say(vscode.l10n.t("{0} is not in HEAD: nothing was committed of it yet.", name));
  }
  await vscode.commands.executeCommand(
    "vscode.diff",
    git.toGitUri(uri, "HEAD"),
    uri,
    vscode.l10n.t("{0} (HEAD ↔ now)", name),
  );
}

/** Waits until the extension knows the workspace's repositories. */
async function findGit(): Promise<Git | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  const exported = await extension?.activate();
  if (!exported?.enabled) return undefined;
  const git = exported.getAPI(1);
  if (git.state === "uninitialized") await new Promise((resolve) => git.onDidChangeState(resolve));
  return git;
}

function say(message: string): void {
  void vscode.window.showInformationMessage(message);
}

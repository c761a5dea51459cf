import * as vscode from "vscode";
import type { Client } from "./client";
import type { Pictures } from "./pictures";
import { isRiskFile } from "./risk-file";
import type { RiskFiles } from "./risk-files";
import { createTestItems } from "./test-items";
import { runTests } from "./test-run";

/** Risk files in the Test Explorer. Files that are open are listed at once, the others when somebody looks. */
export function createTests(files: RiskFiles, client: Client, pictures: Pictures): vscode.Disposable {
  const controller = vscode.tests.createTestController("plimsoll", "Plimsoll");
  const items = createTestItems(controller, files);
  const resolve = async (item: vscode.TestItem) => void (await items.resolve(item));
  const show = (document: vscode.TextDocument) => {
    if (isRiskFile(document)) void resolve(items.of(document.uri));
  };
  controller.resolveHandler = (item) => (item ? resolve(item) : items.discover());
  controller.refreshHandler = items.discover;
  const { Run } = vscode.TestRunProfileKind;
  const run = (request: vscode.TestRunRequest, token: vscode.CancellationToken) =>
    runTests(request, token, { controller, items, client, pictures });
  vscode.workspace.textDocuments.forEach(show);
  return vscode.Disposable.from(
    controller,
    controller.createRunProfile(vscode.l10n.t("Simulate"), Run, run, true),
    vscode.workspace.onDidOpenTextDocument(show),
    files.onDidChange((uri) => {
      const item = uri && controller.items.get(uri.toString());
      if (item) void resolve(item).then(() => controller.invalidateTestResults(item));
      else if (!uri) void items.discover();
    }),
  );
}

import type { ExtensionContext } from "vscode";
import { createClient } from "./client";
import { registerCommands } from "./commands";
import { openOnStart } from "./open-on-start";
import { createPanelHost } from "./panel-host";
import { createPictures } from "./pictures";
import { createRiskFiles } from "./risk-files";
import { createStatusBar } from "./status-bar";
import { createTests } from "./tests";
import { createTreeView } from "./tree-view";

/** Starts the language server and what shows its results; resolves when the server answers. */
export async function activate(context: ExtensionContext): Promise<void> {
  const pictures = createPictures();
  const client = createClient(context.asAbsolutePath("dist/server.js"), pictures.receive);
  const files = createRiskFiles(client);
  const panel = createPanelHost({ extension: context.extensionUri, pictures, client });
  const bundle = context.asAbsolutePath("dist/import.js");
  const { extensionUri: extension, secrets } = context;
  context.subscriptions.push(...registerCommands({ extension, client, panel, bundle, secrets }));
  context.subscriptions.push(createTreeView(files, pictures), createTests(files, client, pictures));
  context.subscriptions.push(panel, createStatusBar(pictures), files, pictures, client);
  await client.start();
  await openOnStart(panel);
}

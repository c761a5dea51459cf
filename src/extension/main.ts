import type { ExtensionContext } from "vscode";
import { createClient } from "./client";
import { registerCommands } from "./commands";
import { openOnStart } from "./open-on-start";
import { createPanelHost } from "./panel-host";
import { createPictures } from "./pictures";
import { createStatusBar } from "./status-bar";

/** Starts the language server and what shows its results; resolves when the server answers. */
export async function activate(context: ExtensionContext): Promise<void> {
  const pictures = createPictures();
  const client = createClient(context.asAbsolutePath("dist/server.js"), pictures.receive);
  const panel = createPanelHost({ extension: context.extensionUri, pictures, client });
  context.subscriptions.push(...registerCommands(client, panel));
  context.subscriptions.push(panel, createStatusBar(pictures), pictures, client);
  await client.start();
  await openOnStart(panel);
}

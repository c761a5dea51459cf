import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { createPool } from "../run/pool";
import { startServer } from "./server";

const connection = createConnection(ProposedFeatures.all);
const worker = join(__dirname, "worker.js");

/** A defect in one answer must not take the editor's other answers away. */
function survive(error: unknown): void {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  connection.console.error(l10n.t("Plimsoll's language server goes on after an error: {0}", what));
}

process.on("uncaughtException", survive);
process.on("unhandledRejection", survive);
startServer(connection, { createPool: ({ threads }) => createPool({ worker, size: threads }) });
connection.listen();

import type { SymbolInformation } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { FileProblem } from "../../data/workspace";
import { parse } from "../../dsl/parse";
import { answersTo, declaredSymbols } from "../../language/workspace-symbols";
import { riskFilesIn } from "../risk-files";
import { refreshed } from "../session";
import type { Feature, Folder, Open } from "./feature";

/** What a file declared when it was last read. */
interface Known {
  readonly text: string;
  readonly symbols: readonly SymbolInformation[];
}

export const workspaceSymbols: Feature = {
  capabilities: { workspaceSymbolProvider: true },
  answer(connection, open) {
    const known = new Map<string, Known>();
    connection.onWorkspaceSymbol(async ({ query }, cancelled) => {
      const found: SymbolInformation[] = [];
      for (const folder of open.folders()) {
        for (const path of await riskFilesIn(folder.workspace)) {
          if (cancelled.isCancellationRequested) return found;
          found.push(...(await symbolsIn(open, folder, path, known)));
        }
      }
      return found.filter(({ name }) => answersTo(query, name));
    });
  },
};

async function symbolsIn(
  { session }: Open,
  { workspace, uriOf }: Folder,
  path: string,
  known: Map<string, Known>,
): Promise<readonly SymbolInformation[]> {
  const uri = uriOf(path);
  const opened = session(uri);
  if (opened) return declaredSymbols(refreshed(opened).source, opened.document);
  const text = await textOf(workspace.read(path));
  const last = known.get(uri);
  if (last?.text === text) return last.symbols;
  const symbols = declaredSymbols(parse(text), TextDocument.create(uri, "plimsoll", 0, text));
  known.set(uri, { text, symbols });
  return symbols;
}

/** A file that went away meanwhile declares nothing. */
async function textOf(bytes: Promise<Uint8Array>): Promise<string> {
  try {
    return new TextDecoder().decode(await bytes);
  } catch (error) {
    if (error instanceof FileProblem) return "";
    throw error;
  }
}

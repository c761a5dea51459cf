import type { SymbolInformation } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Source } from "../dsl/parse";
import { symbols } from "./symbols";

/** The names a file declares, each with the section it is in. Limits have none. */
export function declaredSymbols(source: Source, document: TextDocument): SymbolInformation[] {
  const sections = symbols(source, document).filter(({ name }) => name !== "limits");
  return sections.flatMap((section) =>
    (section.children ?? []).map(({ name, kind, selectionRange }) => ({
      name,
      kind,
      containerName: section.name,
      location: { uri: document.uri, range: selectionRange },
    })),
  );
}

/** Whether the characters of a query stand in a name in their order, in any case: editors rank what is left. */
export function answersTo(query: string, name: string): boolean {
  let at = 0;
  const text = name.toLowerCase();
  for (const character of query.toLowerCase()) {
    at = text.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

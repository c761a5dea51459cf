import type { Connection } from "vscode-languageserver";
import { codeActions } from "../language/code-actions";
import { hover } from "../language/hover";
import { rangeOf } from "../language/ranges";
import { symbols } from "../language/symbols";
import { knowledgeOf, refreshed, type Session } from "./session";

export interface Features {
  /** The session of an open risk file. */
  readonly session: (uri: string) => Session | undefined;
  /** Whether the editor can let the person type into an edit it applies. */
  readonly snippets: () => boolean;
}

/** Answers what the client asks about an open file, on its text as it is now. */
export function answerQuestions(connection: Connection, { session, snippets }: Features): void {
  connection.onHover(({ textDocument, position }) => {
    const open = session(textDocument.uri);
    if (!open) return null;
    const { checked, problems, findings } = knowledgeOf(open);
    const text = hover(checked.source, open.document.offsetAt(position), [...problems, ...findings]);
    if (!text) return null;
    return { contents: { kind: "markdown", value: text.markdown }, range: rangeOf(text.span, open.document) };
  });
  connection.onCodeAction(({ textDocument, range }) => {
    const open = session(textDocument.uri);
    if (!open) return [];
    const { problems, findings } = knowledgeOf(open);
    return codeActions(range, { document: open.document, problems, findings, snippets: snippets() });
  });
  connection.onDocumentSymbol(({ textDocument }) => {
    const open = session(textDocument.uri);
    return open ? symbols(refreshed(open).source, open.document) : [];
  });
}

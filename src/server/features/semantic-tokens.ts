import { type Range, SemanticTokensBuilder } from "vscode-languageserver";
import { spanOf } from "../../language/ranges";
import { legend, tokenModifiers, tokenTypes } from "../../language/tokens/legend";
import { semanticTokens as tokensOf } from "../../language/tokens/tokens";
import { refreshed, type Session } from "../session";
import type { Feature } from "./feature";

export const semanticTokens: Feature = {
  capabilities: { semanticTokensProvider: { legend, full: { delta: true }, range: true } },
  answer(connection, { session }) {
    /** What was last told of a file, so that only what changed since is told. */
    const told = new WeakMap<Session, SemanticTokensBuilder>();
    const { semanticTokens: requests } = connection.languages;

    requests.on(({ textDocument }) => {
      const open = session(textDocument.uri);
      if (!open) return { data: [] };
      const builder = new SemanticTokensBuilder();
      told.set(open, builder);
      return filled(builder, open).build();
    });
    requests.onDelta(({ textDocument, previousResultId }) => {
      const open = session(textDocument.uri);
      if (!open) return { data: [] };
      const builder = told.get(open) ?? new SemanticTokensBuilder();
      told.set(open, builder);
      builder.previousResult(previousResultId);
      return filled(builder, open).buildEdits();
    });
    requests.onRange(({ textDocument, range }) => {
      const open = session(textDocument.uri);
      return open ? filled(new SemanticTokensBuilder(), open, range).build() : { data: [] };
    });
  },
};

function filled(builder: SemanticTokensBuilder, open: Session, range?: Range): SemanticTokensBuilder {
  const { document } = open;
  for (const { span, type, modifier } of tokensOf(refreshed(open).source, range && spanOf(range, document))) {
    const { line, character } = document.positionAt(span.start);
    const modifiers = modifier ? 1 << tokenModifiers.indexOf(modifier) : 0;
    builder.push(line, character, span.end - span.start, tokenTypes.indexOf(type), modifiers);
  }
  return builder;
}

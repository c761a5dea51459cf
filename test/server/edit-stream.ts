import { setImmediate as turn } from "node:timers/promises";
import { expect } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Problem } from "../../src/dsl/problem";
import { describe } from "../../src/dsl/schema-info";
import { diagnosticsOf } from "../../src/language/diagnostics";
import { knowledgeOf, openSession, type Services, type Session } from "../../src/server/session";
import { long } from "../dsl/reading";
import { randomEdits, randomFrom } from "./random-edits";

interface Stream {
  readonly document: TextDocument;
  readonly session: Session;
  readonly published: () => readonly Problem[];
}

const nothing = () => Promise.reject(new Error("nothing is run"));

/** A session of the server on a document, without the server around it. */
function streamOf(text: string): Stream {
  const document = TextDocument.create("file:///risk/fuzz.risk.yaml", "plimsoll", 1, text);
  let published: readonly Problem[] = [];
  const session: Session = openSession(document, {
    workspace: { read: nothing, list: nothing, opened: async () => undefined },
    simulate: nothing,
    settings: () => ({ rules: {}, inlayHints: true }),
    publish: (problems) => {
      expect(session.checked.version).toBe(document.version);
      published = problems;
    },
    draw: () => {},
    progress: () => ({ report: () => {}, end: () => {} }),
    told: () => {},
    rebase: () => {},
    report: (error) => {
      throw error;
    },
  } satisfies Services);
  return { document, session, published: () => published };
}

/** The text's own problems, as an editor shows them, of a document that was just opened. */
function ofFreshOpen(document: TextDocument) {
  const fresh = streamOf(document.getText());
  return diagnosticsOf(knowledgeOf(fresh.session).problems, fresh.document);
}

/**
 * Makes so many random edits, in bursts as they are received, and asks in between. Every version that is checked is
 * published as it is; every so often, and at the end, all of it is as if the text had been opened.
 */
export async function makeRandomEdits(seed: number, count: number): Promise<void> {
  const { document, session, published } = streamOf(long);
  const edit = randomEdits(seed, long);
  const random = randomFrom(seed + 1);
  for (let made = 0; made < count; ) {
    const burst = Math.min(count - made, 1 + Math.floor(random() * 4));
    for (let i = 0; i < burst; i++) {
      const { range, newText } = edit(document);
      TextDocument.update(document, [{ range, text: newText }], document.version + 1);
      session.typing.request();
      if (random() < 0.1) ask(session, Math.floor(random() * document.getText().length));
    }
    made += burst;
    while (session.published !== document.version) await turn();
    if (random() < 0.03) expectFresh(document, session);
  }
  TextDocument.update(document, [{ text: long }], document.version + 1);
  session.typing.request();
  while (session.published !== document.version) await turn();
  expect(diagnosticsOf(published(), document)).toEqual(diagnosticsOf(publishedFresh(), document));
}

/** What a hover asks for. */
function ask(session: Session, offset: number): void {
  const { source } = knowledgeOf(session).checked;
  const place = source.pathAt(offset);
  if (!place) return;
  describe(place.path, source);
  const { start, end } = source.spanOf(place);
  expect(start <= offset && offset <= end).toBe(true);
}

function expectFresh(document: TextDocument, session: Session): void {
  expect(diagnosticsOf(knowledgeOf(session).problems, document)).toEqual(ofFreshOpen(document));
}

function publishedFresh(): Problem[] {
  const { problems, findings } = knowledgeOf(streamOf(long).session);
  return [...problems, ...findings];
}

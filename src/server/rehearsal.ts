import { TextDocument } from "vscode-languageserver-textdocument";
import type { Steps } from "../dsl/steps";
import { diagnosticsOf } from "../language/diagnostics";
import { hover } from "../language/hover/hover";
import { type Checked, check } from "./check";
import { LARGE, readingOf } from "./reading";

/** Edits after which V8 has compiled what an edit runs: later ones are no quicker. */
const EDITS = 40;

/** Milliseconds of work that are given to it at most. */
const MOST = 200;

/**
 * Does what an edit asks for on a copy of a document that somebody opened, again and again: a mistake is made in the
 * middle and corrected. Code that ran seldom is slow, and so would be the answers to the first edits that a person makes.
 * A large file has had its code compiled by being opened, and one edit of it may take longer than others should wait.
 */
export function* rehearsal(document: TextDocument, opened: Checked): Steps<void> {
  const { uri, languageId } = document;
  const text = document.getText();
  if (text.length > LARGE) return;
  const middle = text.indexOf(":", text.length / 2);
  const mistaken = `${text.slice(0, middle)}x${text.slice(middle)}`;
  let checked = opened;
  let spent = 0;
  for (let version = 1; version <= EDITS && spent < MOST && middle > 0; version++) {
    const begun = performance.now();
    const copy = TextDocument.create(uri, languageId, version, version % 2 ? mistaken : text);
    checked = check(copy, checked, yield* readingOf(copy, checked.source));
    const { problems } = checked.source;
    diagnosticsOf(problems, copy);
    hover(checked.source, middle - 1, problems);
    spent += performance.now() - begun;
    yield;
  }
}

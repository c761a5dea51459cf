import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Layout, layOut } from "../dsl/compose";
import { readAhead } from "../dsl/read-ahead";
import { unreadableText } from "../dsl/syntax";

/** Milliseconds for which reading may keep other messages waiting. */
const SLICE = 40;

/**
 * Reads a document ahead, a slice in each turn of the event loop, and starts over with what it has read when the
 * document changes meanwhile.
 * @param ready called with the layout of the document as it is then: before this returns, when one slice is enough
 * @returns a function that stops it
 */
export function readInSlices(
  document: TextDocument,
  last: Layout | undefined,
  ready: (layout: Layout | undefined) => void,
): () => void {
  let layout = last;
  let version: number | undefined;
  let work: Iterator<void> | undefined;
  let waiting: NodeJS.Immediate | undefined;
  const begin = () => {
    const text = document.getText();
    version = document.version;
    if (!unreadableText(text)) layout = layOut(text, layout?.cut);
    work = readAhead(text, layout ?? {});
  };
  const slice = () => {
    if (version !== document.version) begin();
    const until = performance.now() + SLICE;
    while (performance.now() < until) if (work!.next().done) return ready(layout);
    waiting = setImmediate(slice);
  };
  slice();
  return () => clearImmediate(waiting);
}

import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Base } from "../dsl/base";
import { layOut } from "../dsl/compose";
import { reading, type Source } from "../dsl/parse";
import type { Steps } from "../dsl/steps";
import { unreadableText } from "../dsl/syntax";

/** Stops before the first that counts: so little, some hundred blocks, is read in no time. */
const FEW = 800;

/** Characters of a text that is opened a slice at a time from the start: already its lines take long to look at. */
export const LARGE = 500_000;

/**
 * Reads a document as it is at the end: when it changes meanwhile, reading starts over with the blocks that are known.
 * @param last an older version of the text
 * @param base the file that it extends, as far as that is known
 */
export function* readingOf(
  document: TextDocument,
  last?: Pick<Source, "layout">,
  base?: Base,
): Steps<Source> {
  let layout = last?.layout;
  const read = function* (text: string): Steps<Source> {
    if (!unreadableText(text)) layout = yield* layOut(text, layout?.cut);
    return yield* reading(text, { layout }, base);
  };
  for (;;) {
    const { version } = document;
    const steps = read(document.getText());
    let few = !last && document.getText().length > LARGE ? 0 : FEW;
    while (document.version === version) {
      const { done, value } = steps.next();
      if (done) return value;
      if (--few < 0) yield;
    }
  }
}

// The texts of the extension and the server that can be translated.

/** A call with the text it translates; the text is a plain literal, so that it can be read without running anything. */
const CALL = /\bl10n\.t\(\s*("(?:[^"\\\n]|\\.)*")?/g;

/**
 * The bundle that translators start from: every text once, by itself. Pure, so that a test can compare it with the committed one.
 * @param {string[]} sources texts of the source files
 */
export function bundleOf(sources) {
  const texts = sources.flatMap((source) => [...source.matchAll(CALL)].map(textOf));
  return Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text]));
}

function textOf({ 0: call, 1: literal, index, input }) {
  if (literal) return JSON.parse(literal);
  const line = input.slice(0, index).split("\n").length;
  throw new Error(`Line ${line}: ${call} is not followed by a text in double quotes.`);
}

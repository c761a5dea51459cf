// The texts of the extension and the server that can be translated.

/**
 * A call with the text it translates, or leaves for others to translate (`phrase`, in the engine). The text is a plain
 * literal, so that it can be read without running anything.
 */
const CALL = /(?<!function )\b(?:l10n\.t|phrase)\(\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')?/g;

/**
 * The bundle that translators start from: every text once, by itself. Pure, so that a test can compare it with the committed one.
 * @param {string[]} sources texts of the source files
 * @param {object} [schema] of the risk file, whose words hovers and messages show
 */
export function bundleOf(sources, schema = {}) {
  const texts = [...sources.flatMap((source) => [...source.matchAll(CALL)].map(textOf)), ...wordsOf(schema)];
  return Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text]));
}

function textOf({ 0: call, 1: literal, index, input }) {
  if (literal) return JSON.parse(inDoubleQuotes(literal));
  const line = input.slice(0, index).split("\n").length;
  throw new Error(`Line ${line}: ${call} is not followed by a text in quotes.`);
}

function inDoubleQuotes(literal) {
  if (literal.startsWith('"')) return literal;
  return `"${literal.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`;
}

/** Titles, descriptions and the kinds of names, of a schema and all within it. */
function wordsOf(schema) {
  if (schema === null || typeof schema !== "object") return [];
  const { title, description, declares, enumDescriptions = {} } = schema;
  const own = [title, description, declares, ...Object.values(enumDescriptions)];
  return [...own.filter((word) => typeof word === "string"), ...Object.values(schema).flatMap(wordsOf)];
}

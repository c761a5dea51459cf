import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundleOf } from "../../scripts/l10n.mjs";

const src = new URL("../../src/", import.meta.url);
const schema = JSON.parse(readFileSync(new URL("../schemas/risk.schema.json", src), "utf8"));

function sourcesOf(folder: string): { name: string; text: string }[] {
  const files = readdirSync(new URL(folder, src), { recursive: true, encoding: "utf8" });
  const names = files.filter((name) => name.endsWith(".ts")).sort();
  return names.map((name) => ({ name, text: readFileSync(new URL(`${folder}${name}`, src), "utf8") }));
}

describe("the bundle of texts", () => {
  it("has every text once, and is as `npm run generate` writes it", () => {
    const sources = sourcesOf("./").map(({ text }) => text);
    const bundle = bundleOf(sources, schema);
    const committed = readFileSync(new URL("../l10n/bundle.l10n.json", src), "utf8");
    expect(JSON.parse(committed)).toEqual(bundle);
  });

  it("takes texts over several lines, and refuses one that is put together", () => {
    expect(bundleOf(['vscode.l10n.t(\n  "Say \\"{0}\\"",\n  word)', 'l10n.t("b"); l10n.t("b")'])).toEqual({
      'Say "{0}"': 'Say "{0}"',
      b: "b",
    });
    expect(bundleOf(["l10n.t('an asset\\'s \"asset\"')"])).toEqual({
      'an asset\'s "asset"': 'an asset\'s "asset"',
    });
    expect(() => bundleOf(["a\nl10n.t(word)"])).toThrow(/Line 2/);
  });

  it("takes what the engine leaves for others to translate, and the words of the schema", () => {
    const words = { title: "Peg", properties: { to: { description: "Of what.", declares: "asset" } } };
    expect(Object.keys(bundleOf(['phrase("a {0}", b)', "function phrase(text: string) {}"], words))).toEqual([
      "Of what.",
      "Peg",
      "a {0}",
      "asset",
    ]);
  });
});

/** Without comments, imports, classes of the page and what is translated. */
function untranslated(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
    .replace(/^import .*$|\} from ".*$/gm, "")
    .replace(/\bthrow new \w*Error\(.*$/gm, "") // For us: it says that something cannot happen.
    .replace(/\bclass: "[^"\n]*"/g, "")
    .replace(/\b(?:l10n\.t|phrase)\(\s*(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/g, "");
}

/** A text with a space or a capital at its head is one that a person reads. */
const READ = /^[A-Z][a-z]+$|[A-Za-z]{2,} [A-Za-z]/;
/** Our name, and a heading of the reference, which is English. */
const OURS = new Set(["Plimsoll", "The file"]);

/** Texts that a person reads and no translator gets. */
function readTexts(text: string): string[] {
  const literals = untranslated(text).match(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  const words = literals.map((literal) => literal.slice(1, -1)).filter((each) => READ.test(each));
  return words.filter((each) => !OURS.has(each));
}

const ROOMS = [
  "charts",
  "data",
  "dsl",
  "engine/markets",
  "extension",
  "insight",
  "language",
  "model",
  "panel",
  "run",
  "server",
];

describe.each(ROOMS)("the sources of %s", (room) => {
  const pages = new Set(["panel-html.ts", "markdown.ts", "svg.ts"]); // Markup, and a content security policy.
  const sources = sourcesOf(`${room}/`).filter(({ name }) => !pages.has(name));

  it.each(sources)("$name has no text for a person that cannot be translated", ({ text }) => {
    expect(readTexts(text)).toEqual([]);
  });
});

import { expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Base } from "../../src/dsl/base";
import { parse } from "../../src/dsl/parse";
import { completion } from "../../src/language/completion/completion";
import { definition } from "../../src/language/definition";
import { documentLinks } from "../../src/language/document-links";
import { prepareRename } from "../../src/language/rename";

const text = `plimsoll: 1
assets:
  WETH: { price: 3000, volatility: 70% }
  USDC: { stable: {} }
oracles:
  eth: { of: WETH, heartbeat: 1h }
`;

const base: Base = { path: "b.risk.yaml", name: "b.risk.yaml", names: ["b.risk.yaml"], source: parse(text) };
const uri = "memfs:/risk/p.risk.yaml";

/** A proposal with its cursor at `|`. */
function proposal(marked: string) {
  const full = `extends: b.risk.yaml\n${marked}`;
  const offset = full.indexOf("|");
  const written = full.replace("|", "");
  const document = TextDocument.create(uri, "plimsoll", 1, written);
  return { offset, document, source: parse(written, undefined, base) };
}

it("completes keys by the kind of the base's entry, those of the base last", () => {
  const { offset, document } = proposal("oracles:\n  eth:\n    |\n");
  const { items } = completion(document, offset, { snippets: false, insertReplace: false }, { base });
  const byLabel = new Map(items.map((item) => [item.label, item]));
  expect(byLabel.get("delay")?.detail).not.toContain("b.risk.yaml");
  expect(byLabel.get("heartbeat")?.detail).toContain("in b.risk.yaml");
});

it("goes from a name to its declaration, which may stand in the base", () => {
  const { offset, source } = proposal("oracles:\n  usd: { of: US|DC }\n");
  const found = definition(source, offset, uri)!;
  expect(found.base).toBe(base);
  expect(text.slice(found.to.start, found.to.end)).toBe("USDC");
});

it("goes from a value to the one that it replaces", () => {
  const { offset, source } = proposal("oracles: { eth: { heartbeat: 2|h } }\n");
  const found = definition(source, offset, uri)!;
  expect(text.slice(found.to.start, found.to.end)).toBe("1h");
});

it("links to the base", () => {
  const { document, source } = proposal("oracles: {}\n|");
  expect(documentLinks(source, document)).toMatchObject([{ target: "memfs:/risk/b.risk.yaml" }]);
});

it("renames what it declares itself, and leaves the names of the base to the base", () => {
  const own = proposal("assets: { NE|W: { stable: {} } }\n");
  expect(prepareRename(own.source, own.offset)).toMatchObject({ text: "NEW" });
  const other = proposal("oracles: { usd: { of: US|DC } }\n");
  expect(prepareRename(other.source, other.offset)).toEqual({
    refusal: "`USDC` is a name of b.risk.yaml too: rename it there, then here.",
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { manifestText, withRules } from "../../scripts/manifest.mjs";
import { RULES } from "../../src/generated/rules";

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const manifest = JSON.parse(read("package.json"));
const strings: Record<string, string> = JSON.parse(read("package.nls.json"));

/** Keys of the manifest whose value a person reads. */
const WORDS =
  /^(title|label|description|markdownDescription|enumDescriptions|altText|contents|contextualTitle)$/;

/** Every text under a key that a person reads, with its place. */
function words(value: unknown, place = "", isWord = false): [place: string, text: string][] {
  if (typeof value === "string") return isWord ? [[place, value]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    words(child, `${place}/${key}`, WORDS.test(key) || (isWord && Array.isArray(value))),
  );
}

describe("the manifest", () => {
  it("knows every rule in the setting plimsoll.rules, and is as `npm run generate` writes it", () => {
    expect(read("package.json")).toBe(manifestText(withRules(manifest, RULES)));
  });

  it("takes every text that a person reads from package.nls.json, but for the name", () => {
    const plain = words(manifest).filter(([, text]) => !/^%[\w.]+%$/.test(text) && text !== "Plimsoll");
    expect(plain).toEqual([]);
  });

  it("has a text for every key it names, and names every text", () => {
    const named = [...read("package.json").matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    expect([...new Set(named)].sort()).toEqual(Object.keys(strings).sort());
  });
});

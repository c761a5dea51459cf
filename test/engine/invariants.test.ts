import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/** What is specified to the last bit: the rest of `Math` differs between JavaScript engines and their versions. */
const exactMath = new Set(["sqrt", "abs", "min", "max", "floor", "fround", "imul", "clz32"]);

/** Powers of whole numbers (10n ** 18n) are exact; all others are Math.pow. */
const forbidden = [
  /(?<!\dn\s*)\*\*/,
  /\b(Date|performance|process|console|crypto|require|setTimeout|setInterval|fetch|globalThis)\b/,
  /\bnode:/,
  /\btoLocale\w*|\bIntl\b|\blocaleCompare\b/,
];

describe("the engine", () => {
  const files = readdirSync(join(root, "src/engine"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `src/engine/${name}`);

  it("is there", () => {
    expect(files.length).toBeGreaterThan(20);
  });

  it.each(files)("%s uses no mathematics that may differ, no clock and nothing of its host", (file) => {
    expect(offences(readFileSync(join(root, file), "utf8"))).toEqual([]);
  });

  it.each(files)("%s imports the engine only", (file) => {
    const outside = importsOf(readFileSync(join(root, file), "utf8"))
      .map((name) => relative(root, join(root, file, "..", name)))
      .filter((path) => !path.startsWith("src/engine/"));
    expect(outside).toEqual([]);
  });
});

describe("the scan", () => {
  it("finds what it looks for, and only in code", () => {
    expect(offences("const a = 2 ** 3;")).toEqual(["**"]);
    expect(offences("const wad = 10n ** 18n;")).toEqual([]);
    expect(offences("Math.pow(2, 3) + Math.floor(1) + Math['exp'](1)")).toEqual(["Math.pow", "Math["]);
    expect(offences("const { exp } = Math;")).toEqual(["Math;"]);
    expect(offences("Date.now()")).toEqual(["Date"]);
    expect(offences("/** x ** y by Math.pow */ // Date\n const text = 'Math.exp ** Date';")).toEqual([]);
    expect(offences("const text = `$" + "{Math.exp(1)} Date`;")).toEqual(["Math.exp"]);
    expect(importsOf('import { a } from "../x";\nexport * from "node:fs";')).toEqual(["../x", "node:fs"]);
  });
});

function offences(source: string): string[] {
  const code = codeOf(source);
  const math = [...code.matchAll(/\bMath\s*(\.\s*(\w+)|[^\w\s.])/g)]
    .filter(([, , name]) => !exactMath.has(name))
    .map(([text]) => text);
  return [...math, ...forbidden.flatMap((pattern) => pattern.exec(code)?.[0] ?? [])];
}

function importsOf(source: string): string[] {
  return [...source.matchAll(/^\s*(?:import|export)\b[^;"']*?["']([^"']+)["']/gms)].map(([, name]) => name);
}

/** Without comments and the text of strings; what a template interpolates stays. */
function codeOf(source: string): string {
  const literal = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/g;
  return source.replace(literal, (text) => {
    if (!text.startsWith("`")) return " ";
    return [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, inner]) => inner).join(" ");
  });
}

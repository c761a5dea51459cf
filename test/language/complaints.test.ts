import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import manifest from "../../package.json";
import { parse } from "../../src/dsl/parse";
import { heard } from "../../src/dsl/suppress";
import { diagnosticsOf } from "../../src/language/diagnostics";
import { hover } from "../../src/language/hover/hover";
import { check } from "../../src/server/check";
import { openText } from "./fixtures";

/*
 * What people report of other YAML editors, as tests that it does not happen here: yls is
 * redhat-developer/yaml-language-server, vscode-yaml redhat-developer/vscode-yaml. What the complaints about speed,
 * completion, formatting and files that were mended elsewhere ask for is tested beside those features.
 */

const example = readFileSync(new URL("../../examples/aave-v3-core.risk.yaml", import.meta.url), "utf8");

function diagnosed(text: string) {
  const document = TextDocument.create("file:///a.risk.yaml", "plimsoll", 1, text);
  const { source, findings } = check(document);
  return diagnosticsOf([...source.problems, ...findings], document).map(
    ({ code, message, severity, range }) => ({
      code,
      message,
      severity,
      at: document.getText(range),
      line: range.start.line,
    }),
  );
}

describe("conflict markers that take all memory (yls 216, vscode-yaml 239)", () => {
  test("are one diagnostic, and nothing else is read", () => {
    const text = `${"<<<<<<< HEAD\n  a: [\n=======\n  b: {\n>>>>>>> other\n".repeat(2_000)}${example}`;
    expect(diagnosed(text).map(({ code, at }) => [code, at])).toEqual([["merge-conflict", "<<<<<<< HEAD"]]);
    expect(parse(text).root).toBeUndefined();
  });
});

describe("noise from unions (yls 312, vscode-yaml 625 and 692, azure-pipelines-vscode 70)", () => {
  test("a wrong tag names all that is allowed, once", () => {
    const found = diagnosed(example.replace("model: quotes", "model: quoted"));
    expect(found.map(({ code, at }) => [code, at])).toEqual([["unknown-value", "quoted"]]);
    for (const model of ["constant-product", "quotes"]) expect(found[0].message).toContain(`\`${model}\``);
  });

  test("a typo in one member marks that member alone, by the branch its tag chooses", () => {
    const found = diagnosed(example.replace("reserves: [2M, 2417620], fee", "reserves: [2M, 2417620], fe"));
    expect(found.map(({ code, at }) => [code, at])).toEqual([["unknown-key", "fe"]]);
  });
});

describe("wrong positions (yls 22 and 260, vscode-yaml 254)", () => {
  test.each([
    ["lines end in CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["other scripts and emoji come before", (text: string) => text.replace("name: ", "name: 𝔸ρ利率🪙 ")],
    ["comments and blank lines come before", (text: string) => `\n# é\n\n${text}`],
  ])("do not arise where %s", (_, change) => {
    const text = change(example.replace("ltv: 73%", "ltv: 73").replace("of: WBTC", "of: WBCT"));
    const lines = text.split(/\r?\n/);
    expect(diagnosed(text).map(({ at, line }) => [at, lines[line].includes(at)])).toEqual([
      ["WBCT", true],
      ["73", true],
    ]);
  });
});

describe("anchors and merge keys (yls 180, 273 and 737, vscode-yaml 60, 241 and 425)", () => {
  const merged = example
    .replace("assets:\n", "x-fee: &fee { fee: 5bp }\nassets:\n")
    .replace("fee: 5bp, recovery", "<<: *fee, recovery");

  test("are resolved before anything is checked", () => {
    expect(diagnosed(merged)).toEqual(diagnosed(example));
    expect(parse(merged).file?.venues).toEqual(parse(example).file?.venues);
  });

  test("a wrong value behind one is told once, with both places", () => {
    const wrong = merged.replace("{ fee: 5bp }", "{ fee: 5s }");
    const { problems, text } = parse(wrong);
    expect(problems.map(({ span }) => text.slice(span.start, span.end))).toEqual(["*fee"]);
    expect(problems[0].related?.map(({ span }) => text.slice(span.start, span.end))).toEqual(["5s"]);
  });
});

describe("several documents in a file (yls 16, 319, 869, 946 and 1082, vscode-yaml 995)", () => {
  test("are one mistake that says what to do; a document that is only marked is none", () => {
    expect(diagnosed(`${example}---\n${example}`).map(({ code, at }) => [code, at])).toEqual([
      ["several-documents", "---"],
    ]);
    expect(diagnosed(`---\n${example}`)).toEqual(diagnosed(example));
  });
});

describe("severity and silencing (yls 1091, vscode-yaml 666, 923 and 978)", () => {
  const weak = example.replace("ltv: 93%, liquidationThreshold: 95%", "liquidationThreshold: 83%");

  test("what is legal but odd is no error", () => {
    expect(diagnosed(weak)).toMatchObject([
      { code: "emode-not-better", severity: 2 },
      { code: "generated-underwater", severity: 2 },
    ]);
  });

  test("a comment with a reason silences a rule on the next line, and only there", () => {
    const line = "      eth: { collateral";
    const silenced = weak.replace(
      line,
      `      # plimsoll-disable-next-line emode-not-better -- on purpose\n${line}`,
    );
    const rulesIn = (text: string) => {
      const document = TextDocument.create("file:///a.risk.yaml", "plimsoll", 1, text);
      const { source, findings } = check(document);
      return heard(source, findings, true).map(({ rule }) => rule);
    };
    expect(rulesIn(weak)).toContain("emode-not-better");
    expect(rulesIn(silenced)).not.toContain("emode-not-better");
  });
});

describe("hovers (yls 941, 952 and 982)", () => {
  const at = (marked: string) => {
    const { source, offset } = openText(marked);
    return hover(source, offset, [])?.markdown ?? "";
  };

  test("list an enumeration's values with what they mean, and a union's by its tag", () => {
    expect(at("plimsoll: 1\nbooks:\n  b: { atO|pen: error }\n")).toContain("`exclude`");
    expect(at("plimsoll: 1\nvenues:\n  v: { mo|del: quotes }\n")).toContain("quotes");
  });

  test("stay short however many names there are", () => {
    const names = Array.from({ length: 500 }, (_, i) => `  A${i}: { price: 1 }`).join("\n");
    const text = at(`plimsoll: 1\nassets:\n${names}\noracles:\n  o: { of: A|1 }\n`);
    expect(text).toContain("488 more");
    expect(text.length).toBeLessThan(1_500);
  });
});

describe("clashes with other extensions (yls 715 and 789, vscode-yaml 178 and 483, pulumi-lsp 56)", () => {
  test("cannot arise: risk files have a language of their own", () => {
    const [language] = manifest.contributes.languages;
    expect(language.id).toBe("plimsoll");
    expect(language.extensions).toEqual([".risk.yaml", ".risk.yml"]);
  });
});

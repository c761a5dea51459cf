import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type {
  CodeAction,
  CodeActionKind,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { locate } from "../../src/dsl/locate";
import { parse, type RiskFile } from "../../src/dsl/parse";
import type { Finding } from "../../src/dsl/problem";
import { codeActions } from "../../src/language/actions/code-actions";
import { rangeOf } from "../../src/language/ranges";
import { marketWith, openText } from "./fixtures";

interface Asked {
  readonly obstacles?: readonly Finding[];
  readonly findings?: readonly Finding[];
  readonly snippets?: boolean;
  readonly only?: CodeActionKind[];
}

function actionsAt(
  marked: string,
  { obstacles = [], findings = [], snippets = false, only = ["quickfix"] }: Asked = {},
) {
  const { document, source, offset } = openText(marked);
  const context = {
    document,
    source,
    problems: source.problems,
    obstacles: obstacles.map((finding) => locate(source, finding)),
    findings: findings.map((finding) => locate(source, finding)),
    snippets,
  };
  const range = rangeOf({ start: offset, end: offset }, document);
  return { document, source, actions: codeActions(range, context, only) };
}

function editsOf(action: CodeAction) {
  const [change] = action.edit!.documentChanges as TextDocumentEdit[];
  return { version: change.textDocument.version, edits: change.edits as (TextEdit | SnippetTextEdit)[] };
}

function applied(action: CodeAction, document: TextDocument): string {
  return TextDocument.applyEdits(document, editsOf(action).edits as TextEdit[]);
}

const examples = ["aave-v3-core", "compound-dai-2020"].map((name) =>
  readFileSync(new URL(`../../examples/${name}.risk.yaml`, import.meta.url), "utf8"),
);

function withoutAnchors(file: RiskFile) {
  return Object.fromEntries(Object.entries(file).filter(([key]) => !key.startsWith("x-")));
}

const weak: Finding = {
  rule: "limit-broken",
  severity: "error",
  message: "Bad debt of 2M USD.",
  path: ["markets", "core", "reserves", "WETH", "liquidationThreshold"],
};

describe("code actions", () => {
  it("repair what is certain, so that the problem is gone", () => {
    const { document, actions } = actionsAt(marketWith("liquidationThreshold: 8|3, liquidationBonus: 5%"));
    expect(actions.map(({ title, isPreferred }) => ({ title, isPreferred }))).toMatchInlineSnapshot(`
      [
        {
          "isPreferred": true,
          "title": "Write 83%",
        },
      ]
    `);
    expect(editsOf(actions[0]).version).toBe(3);
    expect(parse(applied(actions[0], document)).problems).toEqual([]);
  });

  it("name the diagnostic that they repair", () => {
    const { actions } = actionsAt(marketWith("liquidationThreshold: 8|3, liquidationBonus: 5%"));
    expect(actions[0].diagnostics).toMatchObject([{ source: "plimsoll" }]);
  });

  it("silence a finding with a comment on the line above, as deep as the line", () => {
    const { document, actions } = actionsAt(marketWith("liquidationThreshold: 8|3%, liquidationBonus: 5%"), {
      findings: [weak],
    });
    expect(actions.map(({ title }) => title)).toEqual(["Disable limit-broken for this line, with a reason"]);
    expect(applied(actions[0], document)).toContain(
      "\n      # plimsoll-disable-next-line limit-broken -- \n      WETH: {",
    );
  });

  it("ask for the reason in editors that can", () => {
    const { actions } = actionsAt(marketWith("liquidationThreshold: 8|3%, liquidationBonus: 5%"), {
      findings: [weak],
      snippets: true,
    });
    expect(editsOf(actions[0]).edits).toEqual([
      {
        range: { start: { line: 10, character: 0 }, end: { line: 10, character: 0 } },
        snippet: {
          kind: "snippet",
          value: `      # plimsoll-disable-next-line limit-broken -- \${1:reason}\n`,
        },
      },
    ]);
  });

  it("never silence what is wrong with the text itself", () => {
    const { actions } = actionsAt(marketWith("liquidationThreshold: 8|3, liquidationBonus: 5%"));
    expect(actions.filter(({ title }) => title.startsWith("Disable"))).toEqual([]);
  });

  it("never silence what keeps the file from being run, but offer its repair", () => {
    const fix = { title: "Lower to 75%", value: "75%" };
    const { actions } = actionsAt(marketWith("liquidationThreshold: 8|3%, liquidationBonus: 5%"), {
      obstacles: [{ ...weak, fix }],
    });
    expect(actions.map(({ title }) => title)).toEqual(["Lower to 75%"]);
  });

  it("are offered only where the problem is", () => {
    const { actions } = actionsAt(`|${marketWith("liquidationThreshold: 83, liquidationBonus: 5%")}`);
    expect(actions).toEqual([]);
  });

  it("offer no refactoring beside a problem, and no fix of the whole file at a place", () => {
    const { actions } = actionsAt(marketWith("liquidationThreshold: 8|3, liquidationBonus: 5%"), {
      only: ["refactor"],
    });
    expect(actions.map(({ kind }) => kind)).toEqual(["refactor.extract"]);
  });
});

describe("the nearest allowed value", () => {
  const clamped = (marked: string) => {
    const { document, actions } = actionsAt(marked);
    const clamp = actions.find(({ title }) => title.startsWith("Write"));
    return clamp && { title: clamp.title, problems: parse(applied(clamp, document)).problems };
  };

  it.each([
    ["liquidationThreshold: 12|0%, liquidationBonus: 5%", "Write 100%, the most that is allowed"],
    ["liquidationThreshold: 83%, liquidationBonus: -|5%", "Write 0%, the least that is allowed"],
  ])("is offered for %s", (reserve, title) => {
    expect(clamped(marketWith(reserve))).toEqual({ title, problems: [] });
  });

  it("is not offered where the bound itself is not allowed", () => {
    expect(clamped("plimsoll: 1\nassets:\n  WETH: { price: |0, volatility: 1% }\n")).toBeUndefined();
  });
});

describe("a key that does nothing", () => {
  const removed = (marked: string) => {
    const { document, actions } = actionsAt(marked);
    const found = actions.find(({ title }) => title.startsWith("Remove"));
    return found && { title: found.title, text: applied(found, document) };
  };
  const market = marketWith("liquidationThreshold: 83%, liquidationBonus: 5%");

  it.each([
    ["first in a flow map", "{ co|lour: red, of: WETH }", "{ of: WETH }"],
    ["last in a flow map", "{ of: WETH, co|lour: red }", "{ of: WETH }"],
    ["between others", "{ of: WETH, co|lour: { a: 1, b: [2, 3] }, delay: 1h }", "{ of: WETH, delay: 1h }"],
  ])("is removed with its comma, %s", (_, by, left) => {
    expect(removed(market.replace("{ of: WETH }", by))).toEqual({
      title: "Remove colour",
      text: market.replace("{ of: WETH }", left),
    });
  });

  it("is removed with its lines, and what is below it stays", () => {
    const text = market.replace("markets:", "co|lour:\n  - red\n  - blue\nmarkets:");
    expect(removed(text)).toEqual({ title: "Remove colour", text: market });
  });

  it("stays when it is all there is", () => {
    expect(removed(market.replace("{ of: WETH }", "{ co|lour: red }"))).toBeUndefined();
  });
});

describe("a key that is missing", () => {
  const added = (marked: string) => {
    const { document, actions } = actionsAt(marked);
    return actions
      .filter(({ title }) => title.startsWith("Add"))
      .map((each) => ({ title: each.title, text: applied(each, document) }));
  };
  const market = marketWith("liquidationThreshold: 83%, liquidationBonus: 5%");

  it("is added in a flow map, with a name that is declared", () => {
    expect(added(market.replace("WETH: { oracle: eth-usd, ", "WE|TH: { "))).toEqual([
      { title: "Add oracle", text: market },
    ]);
  });

  it("is added in a block map in its column, with all others that are missing", () => {
    const [{ title, text }] = added(
      market
        .replace("  core:\n    kind: lending\n", "  c|ore:\n    kind: lending\n")
        .replace(/ {4}reserves:[\s\S]*/, ""),
    );
    expect(title).toBe("Add reserves");
    expect(text).toContain("  core:\n    reserves: { WETH: ");
    expect(text).toContain("}\n    kind: lending\n    rules: aave-v3.3\n");
    expect(parse(text).problems).toEqual([]);
  });

  it("is added to an empty map", () => {
    expect(added(market.replace("{ of: WETH }", "{}").replace("eth-usd: {", "eth|-usd: {"))).toMatchObject([
      { title: "Add of" },
      { title: "Add base and rate" },
    ]);
  });

  it("of which one will do is a choice", () => {
    const choices = added(`${market}books:\n  al|l: { market: core }\n`);
    expect(choices.map(({ title }) => title)).toEqual([
      "Add file",
      "Add positions",
      "Add generate",
      "Add fill and newPositions",
    ]);
    for (const { text } of choices) expect(parse(text).problems).toEqual([]);
  });
});

describe("extract to an anchor", () => {
  const extracted = (marked: string) => {
    const { document, actions } = actionsAt(marked, { only: ["refactor.extract"] });
    return actions[0] && { title: actions[0].title, text: applied(actions[0], document) };
  };

  it("moves a flow map above its section and its comments, and leaves an alias", () => {
    const marked = "plimsoll: 1\n\n# What is traded\nassets:\n  WETH: { price: 3|200 } # the asset\n";
    expect(extracted(marked)).toEqual({
      title: "Extract to anchor &WETH",
      text: "plimsoll: 1\n\nx-WETH: &WETH { price: 3200 }\n# What is traded\nassets:\n  WETH: *WETH # the asset\n",
    });
  });

  it("moves a block map with its comments, at the left margin", () => {
    const marked = [
      "plimsoll: 1",
      "markets:",
      "  core:",
      "    reserves:",
      "      WE|TH: # main",
      "        # why",
      "        ltv: 80%",
      "        emode:",
      "          a: 1",
      "      DAI: {}",
      "",
    ].join("\n");
    expect(extracted(marked)?.text).toBe(
      [
        "plimsoll: 1",
        "x-WETH: &WETH",
        "  # why",
        "  ltv: 80%",
        "  emode:",
        "    a: 1",
        "markets:",
        "  core:",
        "    reserves:",
        "      WETH: *WETH # main",
        "      DAI: {}",
        "",
      ].join("\n"),
    );
  });

  it("takes a name that is free", () => {
    const marked = "plimsoll: 1\nx-a: &WETH 1\nassets:\n  WETH: { price: 3|200 }\n";
    expect(extracted(marked)?.title).toBe("Extract to anchor &WETH-2");
  });

  it("leaves alone what has an anchor or an alias", () => {
    expect(extracted("plimsoll: 1\nx-p: &p 3\nassets:\n  WETH: { price: *|p }\n")).toBeUndefined();
    expect(extracted("plimsoll: 1\nassets:\n  WETH: &a { pri|ce: 1 }\n")).toBeUndefined();
  });

  it("changes nothing of what the examples say, wherever it is asked for", () => {
    for (const text of examples) {
      for (const match of text.matchAll(/^ +[\w-]+:(?= )/gm)) {
        const { document, actions } = actionsAt(
          `${text.slice(0, match.index + 4)}|${text.slice(match.index + 4)}`,
          {
            only: ["refactor.extract"],
          },
        );
        if (actions.length === 0) continue;
        const { file, problems } = parse(applied(actions[0], document));
        expect(problems).toEqual([]);
        expect(withoutAnchors(file!)).toEqual(parse(text).file);
      }
    }
  });
});

describe("all at once", () => {
  const wrong = [
    "plimsoll: 1",
    "assets:",
    "  WETH: { price: 3200, volatility: 7|2, address: 0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2 }",
    "  WBTC: { price: 96k, volatility: 48 }",
    "",
  ].join("\n");

  it("fixes every problem of one kind", () => {
    const { document, actions } = actionsAt(wrong);
    const all = actions.find(({ title }) => title.startsWith("Fix all"))!;
    expect(all.title).toBe("Fix all 2 problems of this kind (out-of-range)");
    expect(parse(applied(all, document)).problems.map(({ rule }) => rule)).toEqual(["unquoted-address"]);
  });

  it("fixes every problem of the file, for editors that fix on save", () => {
    const { document, actions } = actionsAt(wrong, { only: ["source.fixAll"] });
    expect(actions.map(({ kind }) => kind)).toEqual(["source.fixAll"]);
    expect(parse(applied(actions[0], document)).problems).toEqual([]);
  });

  it("leaves a finding alone: its fix is a choice", () => {
    const found = { ...weak, fix: { title: "Lower it", value: "80%" } };
    const { actions } = actionsAt(marketWith("liquidationThreshold: 8|3%, liquidationBonus: 5%"), {
      findings: [found],
      only: ["source"],
    });
    expect(actions).toEqual([]);
  });
});

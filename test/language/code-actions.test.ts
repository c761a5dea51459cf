import { describe, expect, it } from "vitest";
import type { CodeAction, SnippetTextEdit, TextDocumentEdit, TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { locate } from "../../src/dsl/locate";
import { parse } from "../../src/dsl/parse";
import type { Finding } from "../../src/dsl/problem";
import { codeActions } from "../../src/language/code-actions";
import { rangeOf } from "../../src/language/ranges";
import { marketWith, openText } from "./fixtures";

interface Asked {
  readonly findings?: readonly Finding[];
  readonly snippets?: boolean;
}

function actionsAt(marked: string, { findings = [], snippets = false }: Asked = {}) {
  const { document, source, offset } = openText(marked);
  const context = {
    document,
    problems: source.problems,
    findings: findings.map((finding) => locate(source, finding)),
    snippets,
  };
  return { document, actions: codeActions(rangeOf({ start: offset, end: offset }, document), context) };
}

function editsOf(action: CodeAction) {
  const [change] = action.edit!.documentChanges as TextDocumentEdit[];
  return { version: change.textDocument.version, edits: change.edits as (TextEdit | SnippetTextEdit)[] };
}

function applied(action: CodeAction, document: TextDocument): string {
  return TextDocument.applyEdits(document, editsOf(action).edits as TextEdit[]);
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

  it("are offered only where the problem is", () => {
    const { actions } = actionsAt(`|${marketWith("liquidationThreshold: 83, liquidationBonus: 5%")}`);
    expect(actions).toEqual([]);
  });
});

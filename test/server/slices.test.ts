import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Layout } from "../../src/dsl/compose";
import { check } from "../../src/server/check";
import { readInSlices } from "../../src/server/slices";
import { cascade, longFile } from "../lsp/files";

function documentOf(text: string): TextDocument {
  return TextDocument.create("file:///risk/a.risk.yaml", "plimsoll", 1, text);
}

/** Reads a document; `meanwhile` is called in every turn that goes by. */
async function read(document: TextDocument, meanwhile: () => void): Promise<Layout | undefined> {
  let found: { layout?: Layout } | undefined;
  readInSlices(document, undefined, (layout) => {
    found = { layout };
  });
  while (!found) {
    meanwhile();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found.layout;
}

describe("reading in slices", { timeout: 60_000 }, () => {
  const text = longFile(20_000);

  it("is over at once for a short document", () => {
    let layout: Layout | undefined;
    readInSlices(documentOf(cascade()), undefined, (ready) => {
      layout = ready;
    });
    expect(layout?.root).toBeDefined();
  });

  it("lets other messages through, and leaves nothing to be read", async () => {
    let turns = 0;
    const layout = await read(documentOf(text), () => turns++);
    expect(turns).toBeGreaterThan(1);
    expect(layout!.cut!.pieces.filter(({ block }) => !block.isKnown)).toEqual([]);
  });

  it("ends with the text as it is then, and finds in it what a fresh check finds", async () => {
    const document = documentOf(text);
    let turns = 0;
    const layout = await read(document, () => {
      if (turns++ !== 1) return;
      const at = document.positionAt(text.indexOf("amount: 700"));
      const end = { line: at.line, character: at.character + "amount".length };
      TextDocument.update(document, [{ range: { start: at, end }, text: "amuont" }], 2);
    });
    const { source } = check(document, undefined, layout);
    expect(source.problems.map(({ rule }) => rule)).toEqual(["unknown-key"]);
    expect(source.problems).toEqual(check(documentOf(document.getText())).source.problems);
  });

  it("can be stopped", async () => {
    let isReady = false;
    const stop = readInSlices(documentOf(text), undefined, () => {
      isReady = true;
    });
    stop();
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(isReady).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse, type Source } from "../../src/dsl/parse";
import { readingOf } from "../../src/server/reading";
import { inSlices, startInSlices } from "../../src/server/slices";
import { longFile } from "../lsp/files";

function documentOf(text: string): TextDocument {
  return TextDocument.create("file:///risk/a.risk.yaml", "plimsoll", 1, text);
}

/** Reads a document; `meanwhile` is called in every turn that goes by. */
async function read(document: TextDocument, meanwhile: () => void): Promise<Source> {
  let found: Source | undefined;
  startInSlices(readingOf(document), (source) => {
    found = source;
  });
  while (!found) {
    meanwhile();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

describe("work in slices", () => {
  /** Works for some milliseconds between two stops. */
  function* busy(steps: number): Generator<void, string> {
    for (let step = 0; step < steps; step++) {
      for (const end = performance.now() + 30; performance.now() < end; );
      yield;
    }
    return "over";
  }

  it("leaves several turns between two slices, one for each message that came meanwhile", async () => {
    let turns = 0;
    const turn = () => {
      turns++;
      waiting = setImmediate(turn);
    };
    let waiting = setImmediate(turn);
    expect(await inSlices(busy(5))).toBe("over");
    clearImmediate(waiting);
    expect(turns).toBeGreaterThan(2 * 5);
  });

  it("is over at once where one slice is enough", () => {
    let found: string | undefined;
    startInSlices(busy(0), (result) => {
      found = result;
    });
    expect(found).toBe("over");
  });

  it("rejects with what goes wrong", async () => {
    const failing = (function* (): Generator<void, never> {
      yield;
      throw new RangeError("too many");
    })();
    await expect(inSlices(failing)).rejects.toThrow("too many");
  });
});

describe("reading in slices", { timeout: 60_000 }, () => {
  const text = longFile(20_000);

  it("lets other messages through, and finds what is found without a stop", async () => {
    let turns = 0;
    const source = await read(documentOf(text), () => turns++);
    expect(turns).toBeGreaterThan(1);
    expect(source.file).toEqual(parse(text).file);
  });

  it("ends with the text as it is then, and finds in it what a fresh check finds", async () => {
    const document = documentOf(text);
    let turns = 0;
    const source = await read(document, () => {
      if (turns++ !== 1) return;
      const at = document.positionAt(text.indexOf("amount: 700"));
      const end = { line: at.line, character: at.character + "amount".length };
      TextDocument.update(document, [{ range: { start: at, end }, text: "amuont" }], 2);
    });
    expect(source.problems.map(({ rule }) => rule)).toEqual(["unknown-key"]);
    expect(source.problems).toEqual(parse(document.getText()).problems);
  });

  it("can be stopped", async () => {
    let isOver = false;
    const stop = startInSlices(readingOf(documentOf(text)), () => {
      isOver = true;
    });
    stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isOver).toBe(false);
  });
});

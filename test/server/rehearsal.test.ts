import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { finished } from "../../src/dsl/steps";
import { check } from "../../src/server/check";
import { rehearsal } from "../../src/server/rehearsal";
import { longFile } from "../lsp/files";

function rehearsed(text: string) {
  const document = TextDocument.create("file:///risk/a.risk.yaml", "plimsoll", 1, text);
  const opened = check(document);
  const { problems, draft } = structuredClone({
    problems: opened.source.problems,
    draft: opened.source.draft,
  });
  finished(rehearsal(document, opened));
  return { document, opened, before: { problems, draft } };
}

describe("the rehearsal of an edit", () => {
  it("changes nothing of what is known of the document", () => {
    const { opened, before } = rehearsed(longFile(200));
    expect(opened.source.problems).toEqual(before.problems);
    expect(structuredClone(opened.source.draft)).toEqual(before.draft);
  });

  it("leaves later checks as if it had not been", () => {
    const { document, opened } = rehearsed(longFile(200));
    const text = document.getText().replace("WETH", "WETX");
    const edited = TextDocument.create(document.uri, "plimsoll", 2, text);
    expect(check(edited, opened).source.problems).toEqual(check(edited).source.problems);
  });

  it.each(["", "a", "plimsoll", "plimsoll: 1", ":", "- a\n- b: 1\n", "\t:\n", "a: [1, {b: 2"])(
    "has an end on %j",
    (text) => {
      expect(() => rehearsed(text)).not.toThrow();
    },
  );
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { long } from "../dsl/reading";
import { randomEdits } from "../server/random-edits";
import { type Client, startClient, until } from "./client";

const typed = "untitled:typed.risk.yaml";

let client: Client;

beforeAll(async () => {
  client = await startClient();
});

afterAll(() => client.stop());

/** The newest diagnostics of a document, whose own name does not matter. */
function newest(uri: string): string {
  const last = client.published.filter((each) => each.uri === uri).at(-1);
  return JSON.stringify(last?.diagnostics ?? uri).replaceAll(uri, "the document");
}

function published(version: number): Promise<unknown> {
  return client.diagnostics(typed, (each) => each.version === version);
}

/** Saved, because what a run finds is there only then. */
async function expectFresh(): Promise<void> {
  const version = client.version(typed);
  const fresh = `untitled:fresh-${version}.risk.yaml`;
  client.save(typed);
  client.open(fresh, client.text(typed));
  await published(version);
  await client.diagnostics(fresh);
  await until(() => newest(typed) === newest(fresh) || undefined).catch(() => {});
  expect(JSON.parse(newest(typed))).toEqual(JSON.parse(newest(fresh)));
  client.close(fresh);
}

/** The whole text anew, as an editor takes a file back. */
function restore(): void {
  const document = TextDocument.create(typed, "plimsoll", 1, client.text(typed));
  const end = document.positionAt(document.getText().length);
  client.edit(typed, { range: { start: { line: 0, character: 0 }, end }, newText: long });
}

it("random edits over stdio: no diagnostics of an old version, and in the end those of a fresh open", {
  timeout: 120_000,
}, async () => {
  client.open(typed, long);
  for (const seed of [11, 12, 13, 14]) {
    const edit = randomEdits(seed, long);
    for (let made = 0; made < 100; made++) {
      client.edit(typed, edit(TextDocument.create(typed, "plimsoll", 1, client.text(typed))));
      if (made % 7 === 0) await published(client.version(typed));
    }
    restore();
    await expectFresh();
  }
  const versions = client.published.filter(({ uri }) => uri === typed).map(({ version }) => version!);
  expect(versions.length).toBeGreaterThan(60);
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
});

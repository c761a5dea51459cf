import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  Diagnostic,
  Hover,
  InlayHint,
  MarkupContent,
  Position,
  TextDocumentEdit,
} from "vscode-languageserver/node";
import { OUTLINE, type Outline } from "../../src/protocol/outline";
import { englishIn, foreign, foreignTexts } from "../l10n/foreign";
import { type Client, startClient } from "./client";
import { cascade, newFolder } from "./files";

const rules = readdirSync(new URL("../../docs/rules", import.meta.url)).map((page) => page.slice(0, -3));

const NAMES = [
  ...[
    "Cascade",
    "WETH",
    "USDC",
    "weth-usdc",
    "eth-usd",
    "usdc-usd",
    "core",
    "alice",
    "bob",
    "searchers",
    "crash",
    "tail",
  ],
  ...["HEAD", "plimsoll", "risk", "yaml", ...rules],
];

/** `cascade` with mistakes of many kinds, each on a line of its own. */
const MISTAKES: readonly (readonly [string, string])[] = [
  ["volatility: 80%", "volatilty: 80%"],
  ["price: 1,", "price: 12h,"],
  ["reserves: [1k, 3M]", "reserves: [1k]"],
  ["recovery: 1h", "recovery: 1"],
  ["of: USDC", "of: USDX"],
  ["ltv: 80%", "ltv: 180%"],
  ["liquidationBonus: 5%", "liquidationBonus: five"],
  ["rules: aave-v3.3", "rules: aave-v9"],
  ["capital: flash", "capital: fIash"],
  ["over: 1h, hold: 1h", "hold: 1h, hold: 2h"],
  ["paths: 200, ", ""],
  ["metric: bad-debt, statistic: mean", "statistic: mean"],
  ["in: crash", "in: crsh"],
  ["ltv: 80%", "ltv: 90%"],
];

const folder = newFolder();
let client: Client;

beforeAll(async () => {
  client = await startClient({ initializationOptions: { l10n: foreignTexts } });
});

afterAll(async () => {
  await client.stop();
  folder.remove();
});

async function ask<Result>(request: string, uri: string, more: object = {}): Promise<Result> {
  return client.connection.sendRequest<Result>(`textDocument/${request}`, { textDocument: { uri }, ...more });
}

function positionOf(uri: string, text: string, within = 0): Position {
  const before = client.text(uri).split(text)[0].split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length + within };
}

function rangeOfAll(uri: string) {
  return {
    start: { line: 0, character: 0 },
    end: { line: client.text(uri).split("\n").length, character: 0 },
  };
}

type Text = string | MarkupContent | undefined;

function wordsOf(text: Text): string {
  return typeof text === "string" ? text : (text?.value ?? "");
}

/** There is something to read, and nothing of it is in another language than the client's. */
function expectTranslated(texts: readonly Text[], names: readonly string[] = NAMES): void {
  const said = texts.map(wordsOf).filter((text) => text !== "");
  expect(said.length).toBeGreaterThan(0);
  const english = said.map((text) => ({ text, english: englishIn(text, names) }));
  expect(english.filter(({ english }) => english.length > 0)).toEqual([]);
}

async function openAndRun(name: string, text = cascade()): Promise<string> {
  const uri = folder.uri(name);
  client.open(uri, text);
  await client.picture(uri, ({ status }) => status.state === "done");
  return uri;
}

/** What can be done at a place; keys and values stand in a title as they are in the file, or will be. */
async function expectActionsTranslated(uri: string, { range }: Diagnostic): Promise<void> {
  const actions = await ask<CodeAction[]>("codeAction", uri, { range, context: { diagnostics: [] } });
  const edits = actions.flatMap(({ edit }) => edit?.documentChanges as TextDocumentEdit[]);
  const written = [
    client.text(uri),
    ...edits.flatMap(({ edits }) => edits.map((edit) => ("newText" in edit ? edit.newText : ""))),
  ];
  const keys = written.flatMap((text) => text.match(/[A-Za-z][\w.-]*/g) ?? []);
  const titles = actions.map(({ title }) => title);
  if (titles.length > 0) expectTranslated(titles, [...NAMES, ...keys]);
}

const PENDING = foreignTexts["**At stake**: being worked out; ask again in a moment."];

/** Asks again until what is at stake is worked out. */
async function hoverAt(uri: string, position: Position): Promise<string> {
  for (;;) {
    const hover = await ask<Hover>("hover", uri, { position });
    const text = wordsOf(hover.contents as MarkupContent);
    if (!text.includes(PENDING)) return text;
  }
}

/** The words of a picture in a hover, which is an image by its address. */
function drawnWords(markdown: string): string[] {
  const images = [...markdown.matchAll(/data:image\/svg\+xml;base64,([\w+/=]+)/g)];
  const svgs = images.map(([, data]) => Buffer.from(data, "base64").toString("utf8"));
  return svgs.flatMap((svg) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words));
}

describe("a client with another language", () => {
  it.each(MISTAKES)(
    "reads in it what is wrong with %s written as %s, and how to mend it",
    async (right, wrong) => {
      const uri = folder.uri(`mistake-${MISTAKES.findIndex(([, each]) => each === wrong)}.risk.yaml`);
      client.open(uri, cascade().replace(right, wrong));
      const found = await client.diagnostics(uri, ({ diagnostics }) => diagnostics.length > 0);
      const related = found.flatMap(({ relatedInformation = [] }) => relatedInformation);
      expectTranslated([...found, ...related].map(({ message }) => message));
      const { status } = await client.picture(uri, (picture) => picture.status.state === "invalid");
      expectTranslated([status.state === "invalid" ? status.message : ""]);
      for (const each of found) await expectActionsTranslated(uri, each);
      client.close(uri);
    },
  );

  it.each(
    [
      "WETH: { price",
      "3000",
      "volatility",
      "80%, liq",
      "83%",
      "5% }",
      "aave-v3.3",
      "core:\n    kind",
      "weth-usdc:",
    ].concat([
      "1h }",
      "model: c",
      "[1k",
      "eth-usd: {",
      "flash",
      "crash:",
      "-40%",
      "tail:",
      "paths:",
      "metric: bad",
      "max: 100M",
      "plimsoll",
    ]),
  )("reads in it the hover at %s, and its picture", async (place) => {
    const uri = await openAndRun(`hover-${place.replace(/\W/g, "")}.risk.yaml`);
    await client.picture(uri, ({ distribution, worstPath }) => (distribution && worstPath) !== undefined);
    const text = await hoverAt(uri, positionOf(uri, place, 1));
    expectTranslated([text, ...drawnWords(text)]);
    client.close(uri);
  });

  it("reads in it lenses, hints, the Test Explorer, the progress and what the panel shows", async () => {
    const uri = await openAndRun("shown.risk.yaml");
    const { limits } = await client.picture(uri, (picture) => picture.limits.length > 0);
    expectTranslated(limits.flatMap(({ title, measured, limit }) => [title, measured, limit]));
    const lenses = await ask<CodeLens[]>("codeLens", uri);
    expectTranslated(lenses.map(({ command }) => command?.title));
    const hints = await ask<InlayHint[]>("inlayHint", uri, { range: rangeOfAll(uri) });
    expectTranslated(hints.map(({ label }) => String(label)));
    expectTranslated(hints.map(({ tooltip }) => tooltip));
    const outline = await client.connection.sendRequest<Outline>(OUTLINE, { uri, text: "" });
    expectTranslated(outline.limits.flatMap(({ title, bound }) => [title, bound]));
    expectTranslated(client.progress.map(({ title }) => title));
    const found = await client.diagnostics(uri);
    expectTranslated(found.map(({ message }) => message));
    for (const each of found) await expectActionsTranslated(uri, each);
    client.replace(uri, "price: 3000", "price: 3100");
    const aged = await client.diagnostics(uri, ({ version }) => version === 2);
    expectTranslated(aged.map(({ message }) => message));
  });

  it.each([
    ["a key of a reserve", "ltv: 80%, ", "", "liquidationThreshold"],
    ["a section", "liquidators:", "\nliquidators:", "liquidators:"],
    ["a market", "  core:\n    kind", "  m\n  core:\n    kind", "m\n  core"],
    ["an asset", "  WETH: {", "  a\n  WETH: {", "a\n  WETH"],
    ["a metric", "metric: bad-debt, in", "metric: , in", ", in: crash"],
    ["an oracle", "oracle: eth-usd", "oracle: ", ", ltv"],
    ["a rule set", "rules: aave-v3.3", "rules: ", "\n    reserves"],
  ])("reads in it the completions of %s", async (_, found, replacement, at) => {
    const uri = folder.uri("completion.risk.yaml");
    client.open(uri, cascade().replace(found, replacement));
    const within = /^\w\n/.test(at) ? 1 : 0;
    const list = await ask<CompletionList>("completion", uri, { position: positionOf(uri, at, within) });
    const resolved = await Promise.all(
      list.items.map((item) => client.connection.sendRequest<CompletionItem>("completionItem/resolve", item)),
    );
    const block = 15;
    const heads = list.items.map(({ kind, label, detail }) =>
      kind === block ? label.split(":")[0] : detail,
    );
    const told = resolved.map(({ documentation }) => documentation);
    expectTranslated([...heads, ...told]);
    client.close(uri);
  });

  it.each([
    ["eth-usd:", "usdc-usd"],
    ["WETH: {", "0"],
    ["WETH: {", "USDC"],
  ])("reads in it why %s is not renamed to %s", async (place, newName) => {
    const uri = folder.uri("renamed.risk.yaml");
    client.open(uri, cascade());
    await client.diagnostics(uri);
    const refused = ask("rename", uri, { position: positionOf(uri, place, 1), newName });
    const message = await refused.then(
      () => "renamed",
      (error: Error) => error.message,
    );
    expectTranslated([message]);
    client.close(uri);
  });

  it("gets the translation of a text whatever its values are", () => {
    expect(foreign("Did you mean `{0}`? {1} {2}")).toBe("Ｄｉｄ ｙｏｕ ｍｅａｎ `{0}`? {1} {2}");
    expect(englishIn("Ｓａｖｅ `it` as 5 USD", ["x"])).toEqual(["as"]);
  });
});

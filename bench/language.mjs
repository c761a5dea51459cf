import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { middleKey, shapes } from "./documents.mjs";
import { heard, open, startLanguageServer, startServer } from "./editor.mjs";
import { median, milliseconds, residentMiB, time } from "./measure.mjs";

const PUBLISH = "textDocument/publishDiagnostics";
const ROUNDS = 15;

/** Milliseconds between opening a document and its first edit: both servers have come to rest, as when a person types. */
const REST = 1_000;

/** What yaml-language-server waits before it validates (its validationDelayMs). Plimsoll waits for nothing. */
const DEBOUNCE = 200;

/**
 * Measures Plimsoll's server and yaml-language-server side by side, one answer of each in turn, on the same document
 * and with the same schema. Medians of 15, in milliseconds; the debounce of yaml-language-server is subtracted.
 * @param {string} root folder of the checkout, with its bundles built
 * @param {number[]} sizes lines of the documents
 * @returns {Promise<{what: string, ours: number, theirs: number, unit: string}[]>}
 */
export async function sideBySide(root, sizes = [100, 1_000, 10_000]) {
  const folder = await mkdtemp(path.join(tmpdir(), "plimsoll-bench-"));
  try {
    const contenders = [ours(root), await theirs(root, folder)];
    const rows = await starts(contenders);
    for (const [shape, write] of Object.entries(shapes))
      for (const size of sizes)
        rows.push(...(await answers(contenders, folder, { shape, size, text: write(size) })));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ours(root) {
  return { start: () => startServer(root), languageId: "plimsoll", debounce: 0 };
}

/** It is given the schema that Plimsoll's own is, without the identifiers by which it would look elsewhere. */
async function theirs(root, folder) {
  const {
    $id: _,
    $schema: __,
    ...schema
  } = JSON.parse(await readFile(path.join(root, "schemas/risk.schema.json"), "utf8"));
  const file = path.join(folder, "schema.json");
  await writeFile(file, JSON.stringify(schema));
  const settings = {
    schemas: { [pathToFileURL(file).href]: "*.risk.yaml" },
    schemaStore: { enable: false },
    validate: true,
    hover: true,
    completion: true,
  };
  const bin = createRequire(path.join(root, "package.json")).resolve(
    "yaml-language-server/bin/yaml-language-server",
  );
  const start = async () => {
    const server = await startLanguageServer([bin, "--stdio"], (section) =>
      section === "yaml" ? settings : null,
    );
    await server.connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { yaml: settings },
    });
    return server;
  };
  return { start, languageId: "yaml", debounce: DEBOUNCE };
}

async function starts(contenders) {
  const times = contenders.map(() => []);
  const memory = contenders.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { start }] of contenders.entries()) {
      const server = await start();
      times[i].push(server.greeted);
      if (round === 0) {
        await sleep(500);
        memory[i].push(residentMiB(server.pid));
      }
      await server.stop();
    }
  }
  return [row("start to initialize", times), row("memory, nothing open", memory, "MiB")];
}

/** The times of a document's diagnostics, hover and completion, each right after an edit. */
async function answers(contenders, folder, { shape, size, text }) {
  const uri = pathToFileURL(path.join(folder, "bench.risk.yaml")).href;
  const editors = [];
  for (const contender of contenders) editors.push(await openIn(contender, uri, text));
  const measured = { "change to diagnostics": [[], []], hover: [[], []], completion: [[], []] };
  for (let round = -2; round < ROUNDS; round++) {
    for (const [i, editor] of editors.entries()) {
      const once = { "change to diagnostics": await editor.toggle(), hover: await editor.ask("hover") };
      once.completion = await editor.ask("completion");
      if (round >= 0) for (const [what, value] of Object.entries(once)) measured[what][i].push(value);
    }
  }
  const memory = editors.map((editor) => [residentMiB(editor.pid)]);
  for (const editor of editors) await editor.stop();
  const at = `${size.toLocaleString("en-US")} lines, ${shape}`;
  const rows = Object.entries(measured).map(([what, times]) => row(`${what}, ${at}`, times));
  return [...rows, row(`memory, ${at}`, memory, "MiB")];
}

async function openIn({ start, languageId, debounce }, uri, text) {
  const server = await start();
  const { connection } = server;
  const { line, start: from, end: to } = middleKey(text);
  let version = 1;
  let wrong = false;
  const isTold = ({ uri: of, diagnostics }) =>
    of === uri && diagnostics.some(({ range }) => range.start.line === line) === wrong;
  const change = () => {
    wrong = !wrong;
    const position = { line, character: to };
    const range = wrong
      ? { start: position, end: position }
      : { start: position, end: { line, character: to + 1 } };
    const textDocument = { uri, version: ++version };
    return connection.sendNotification("textDocument/didChange", {
      textDocument,
      contentChanges: [{ range, text: wrong ? "x" : "" }],
    });
  };
  const settle = async (act) => {
    const told = heard(server, PUBLISH, isTold);
    await act();
    await told;
  };
  await settle(() => open(connection, uri, text, languageId));
  await sleep(REST);
  return {
    pid: server.pid,
    stop: server.stop,
    /** Milliseconds from an edit that makes or corrects a mistake to its diagnostics. */
    toggle: async () => Math.max(0, (await time(() => settle(change))) - debounce),
    /** Milliseconds from a request, sent right after an edit, to its answer. */
    async ask(method) {
      let taken = 0;
      await settle(async () => {
        await change();
        const params = { textDocument: { uri }, position: { line, character: from + 1 } };
        taken = await time(() => connection.sendRequest(`textDocument/${method}`, params));
      });
      return taken;
    },
  };
}

function row(what, [own, other], unit = "ms") {
  return { what, ours: median(own), theirs: median(other), unit };
}

/** The rows of `npm run bench`. */
export async function language(root) {
  const rows = await sideBySide(root);
  return rows.map(({ what, ours: own, theirs: other, unit }) => {
    const show = (value) => (unit === "ms" ? milliseconds(value) : `${value.toFixed(0)} ${unit}`);
    const ratio = (other / own).toFixed(1);
    return { what, budget: "", measured: `${show(own)}, yaml-language-server ${show(other)}, ${ratio}x` };
  });
}

import { setTimeout as sleep } from "node:timers/promises";
import { shapes } from "./documents.mjs";
import { heard, open, startServer } from "./editor.mjs";
import { riskFile } from "./files.mjs";
import { milliseconds } from "./measure.mjs";

const LINES = 50_000;
const EVERY = 20;

/** The longest that a cheap request waits while a file of 50,000 lines is opened, read, checked and simulated. */
export async function opening(root) {
  const texts = {
    ...mapValues(shapes, (shape) => shape(LINES)),
    "positions that are simulated": riskFile(LINES),
  };
  const rows = [];
  for (const [shape, text] of Object.entries(texts)) {
    const measured = milliseconds(await longestWait(root, text));
    rows.push({ what: `longest wait while 50,000 lines open, ${shape}`, budget: "< 200 ms", measured });
  }
  return rows;
}

/** Milliseconds. */
export async function longestWait(root, text) {
  const server = await startServer(root);
  const { connection } = server;
  const uri = "untitled:opening.risk.yaml";
  const ended = heard(server, "plimsoll/picture", ({ status }) => status.state !== "running");
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  await open(connection, uri, text);
  const waits = [];
  while (!isOver) {
    const begun = performance.now();
    waits.push(
      connection
        .sendRequest("textDocument/hover", {
          textDocument: { uri: "untitled:other" },
          position: { line: 0, character: 0 },
        })
        .then(() => performance.now() - begun),
    );
    await sleep(EVERY);
  }
  const longest = Math.max(...(await Promise.all(waits)));
  await server.stop();
  return longest;
}

function mapValues(object, of) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, of(value)]));
}

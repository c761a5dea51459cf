import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { heard, open, startServer } from "./editor.mjs";
import { riskFile } from "./files.mjs";
import { median, milliseconds, residentMiB, seconds, time } from "./measure.mjs";

const PUBLISH = "textDocument/publishDiagnostics";
const PICTURE = "plimsoll/picture";
const EDITS = 15;

/** Memory of a server that was greeted and has nothing open. */
export async function idleMemory(root) {
  const server = await startServer(root);
  await sleep(1000);
  const measured = residentMiB(server.pid);
  await server.stop();
  return [{ what: "memory of an idle server", budget: "< 60 MiB", measured: `${measured.toFixed(0)} MiB` }];
}

/** From an edit of one value to the diagnostics of that version, at 1,000 lines. */
export async function typing(root) {
  const server = await startServer(root);
  const { connection } = server;
  const uri = pathToFileURL(path.join(root, "bench/typing.risk.yaml")).href;
  const text = riskFile(1000);
  const line = text.split("\n").findIndex((each) => each.includes("liquidationThreshold: 83%"));
  const character = text.split("\n")[line].indexOf("83%");
  const range = { start: { line, character }, end: { line, character: character + 3 } };
  const opened = heard(server, PUBLISH, (each) => each.uri === uri);
  await open(connection, uri, text);
  await opened;
  await sleep(2000);
  const times = [];
  for (let version = 2; version < EDITS + 2; version++) {
    const contentChanges = [{ range, text: version % 2 === 0 ? "8%%" : "83%" }];
    const published = heard(server, PUBLISH, (each) => each.uri === uri && each.version === version);
    times.push(
      await time(async () => {
        await connection.sendNotification("textDocument/didChange", {
          textDocument: { uri, version },
          contentChanges,
        });
        await published;
      }),
    );
    await sleep(50);
  }
  await server.stop();
  const row = { what: `edit to diagnostics at 1,000 lines, median of ${EDITS}`, budget: "< 50 ms" };
  return [
    { ...row, measured: milliseconds(median(times)) },
    { what: "  the slowest of them", budget: "", measured: milliseconds(Math.max(...times)) },
  ];
}

/** From opening and saving the larger example in a fresh server to its first interval, and to its end. */
export async function saving(root) {
  const server = await startServer(root);
  const { connection } = server;
  const file = path.join(root, "examples/aave-v3-core.risk.yaml");
  const uri = pathToFileURL(file).href;
  const text = await readFile(file, "utf8");
  const first = heard(server, PICTURE, ({ distribution }) => distribution?.expectedShortfall !== undefined);
  const curve = heard(server, PICTURE, ({ fallCurve }) => fallCurve !== undefined);
  const done = heard(server, PICTURE, ({ status }) => status.state === "done");
  const finding = heard(server, PUBLISH, ({ diagnostics }) =>
    diagnostics.some(({ code }) => code === "limit-broken"),
  );
  const begun = performance.now();
  await open(connection, uri, text);
  await connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
  const since = (event) => event.then(() => performance.now() - begun);
  const [interval, drawn, found, end] = await Promise.all([first, curve, finding, done].map(since));
  await server.stop();
  return [
    {
      what: "save to the first interval, 2,000 paths, 20,500 accounts",
      budget: "< 3 s",
      measured: seconds(interval),
    },
    { what: "  to the fall curve", budget: "", measured: seconds(drawn) },
    { what: "  to the finding", budget: "", measured: seconds(found) },
    { what: "  to the end", budget: "", measured: seconds(end) },
  ];
}

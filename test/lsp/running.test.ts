import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROTOCOL_VERSION, SHOW, SIMULATE } from "../../src/protocol/messages";
import { type Client, startClient, until } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
let client: Client;

beforeAll(async () => {
  client = await startClient();
});

afterAll(async () => {
  await client.stop();
  folder.remove();
});

const done = ({ status }: { status: { state: string } }) => status.state === "done";

/** Opens a file and waits for its first run. */
async function openAndRun(name: string, text: string): Promise<string> {
  const uri = folder.uri(name);
  client.open(uri, text);
  await client.picture(uri, done);
  return uri;
}

function rangeText(uri: string, { start, end }: { start: Position; end: Position }): string {
  expect(end.line).toBe(start.line);
  return client.text(uri).split("\n")[start.line].slice(start.character, end.character);
}

/** The progress of the run that begins next. */
function nextRun() {
  const before = client.progress.length;
  const token = () => client.progress.slice(before).find(({ kind }) => kind === "begin")?.token;
  const reports = () => client.progress.filter((report) => report.token === token());
  return { token, reports };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

const broken = { code: "limit-broken" };
const marked = "(From the last run, before this edit. Save to run again.)";

describe("opening a file", () => {
  it("runs it: the finding stands on the threshold that carries the bad debt, the picture has its charts", async () => {
    const uri = await openAndRun("open.risk.yaml", cascade());
    const found = await client.diagnostics(uri, ({ diagnostics }) => diagnostics.length > 0);
    const limit = found.find(({ code }) => code === "limit-broken")!;
    expect(rangeText(uri, limit.range)).toBe("83%");
    expect(limit).toMatchObject({ severity: 1, source: "plimsoll" });
    expect(limit.message).toMatch(/bad debt/);
    expect(rangeText(uri, limit.relatedInformation![0].location.range)).toBe("0 USD");
    const picture = await client.picture(uri, done);
    expect(picture).toMatchObject({
      protocol: PROTOCOL_VERSION,
      name: "Cascade",
      version: 1,
      stale: false,
      numeraire: "USD",
      limits: [{ verdict: "fail" }, { verdict: "pass" }],
      fallCurve: { asset: "WETH" },
      worstPath: {},
      distribution: { paths: 200, totalPaths: 200, seed: 7 },
    });
  });

  it("tells its progress from the beginning to the end", async () => {
    const { token, reports } = nextRun();
    await openAndRun("progress.risk.yaml", cascade({ paths: 3_000 }));
    await until(() => reports().find(({ kind }) => kind === "end"));
    expect(reports()[0]).toMatchObject({ kind: "begin", cancellable: true, token: token() });
    expect(reports().some(({ kind, percentage = 0 }) => kind === "report" && percentage > 0)).toBe(true);
  });

  it("says what is missing when there is nothing to simulate", async () => {
    const uri = folder.uri("nothing.risk.yaml");
    client.open(uri, "plimsoll: 1\nassets:\n  WETH: { price: 3000, volatility: 80% }\n");
    const { status } = await client.picture(uri, ({ status }) => status.state !== "running");
    expect(status).toMatchObject({ state: "empty", message: expect.stringContaining("nothing to simulate") });
  });
});

describe("saving", () => {
  it("runs the new text: a repaired limit passes and its finding is gone", async () => {
    const uri = await openAndRun("save.risk.yaml", cascade());
    const version = client.replace(uri, "max: 0 USD", "max: 50M USD");
    client.save(uri);
    const picture = await client.picture(uri, (each) => done(each) && each.version === version);
    expect(picture.limits[0].verdict).toBe("pass");
    expect(await client.diagnostics(uri)).not.toContainEqual(expect.objectContaining(broken));
  });

  it("ends an older run: it is never shown as done", async () => {
    const uri = folder.uri("newer.risk.yaml");
    const { reports } = nextRun();
    client.open(uri, cascade({ paths: 400_000 }));
    await client.picture(uri, ({ status }) => status.state === "running" && status.done > 0);
    const version = client.replace(uri, "paths: 400000", "paths: 200");
    client.save(uri);
    await client.picture(uri, (each) => done(each) && each.version === version);
    await until(() => reports().find(({ kind }) => kind === "end"));
    const furthest = Math.max(...reports().map(({ percentage = 0 }) => percentage));
    expect(furthest).toBeLessThan(100);
    const shown = client.pictures.filter((each) => each.uri === uri && done(each));
    expect(shown.map((each) => each.version)).toEqual([version]);
  });

  it("of a text with errors runs nothing, and keeps the older results marked as such", async () => {
    const uri = await openAndRun("invalid.risk.yaml", cascade());
    client.replace(uri, "ltv: 80%", "ltv: 80");
    client.save(uri);
    const picture = await client.picture(uri, ({ status }) => status.state === "invalid");
    expect(picture).toMatchObject({ stale: true, version: 1, fallCurve: { asset: "WETH" } });
    expect(picture.status).toMatchObject({ message: expect.stringContaining("1 error") });
  });
});

describe("cancelling", () => {
  it("by the progress ends the run, and a later save runs again", async () => {
    const uri = folder.uri("cancel.risk.yaml");
    const { token } = nextRun();
    client.open(uri, cascade({ paths: 400_000 }));
    await client.picture(uri, ({ status }) => status.state === "running" && status.done > 0);
    await client.connection.sendNotification("window/workDoneProgress/cancel", { token: await until(token) });
    await client.picture(uri, ({ status }) => status.state === "cancelled");
    client.replace(uri, "paths: 400000", "paths: 200");
    client.save(uri);
    await client.picture(uri, done);
  });
});

describe("editing after a run", () => {
  it("moves a finding along when the edit changes no input, and leaves the picture current", async () => {
    const uri = await openAndRun("moved.risk.yaml", cascade());
    const version = client.replace(uri, "markets:\n", "# A comment.\n\nmarkets:\n");
    const found = await client.diagnostics(uri, (each) => each.version === version);
    const limit = found.find(({ code }) => code === "limit-broken")!;
    expect(rangeText(uri, limit.range)).toBe("83%");
    expect(limit.message).not.toContain(marked);
    expect((await client.picture(uri, () => true)).stale).toBe(false);
  });

  it("marks findings and picture as old when an input changes, and as current when it is changed back", async () => {
    const uri = await openAndRun("stale.risk.yaml", cascade());
    const changed = client.replace(uri, "price: 3000", "price: 3100");
    const old = await client.diagnostics(uri, ({ version }) => version === changed);
    expect(old.find(({ code }) => code === "limit-broken")).toMatchObject({
      severity: 3,
      message: expect.stringContaining(marked),
    });
    await client.picture(uri, ({ stale, version }) => stale && version === 1);
    const back = client.replace(uri, "price: 3100", "price: 3000");
    const current = await client.diagnostics(uri, ({ version }) => version === back);
    expect(current.find(({ code }) => code === "limit-broken")).toMatchObject({ severity: 1 });
    await client.picture(uri, ({ stale }) => !stale);
  });

  it("drops a finding whose place is gone", async () => {
    const uri = await openAndRun("gone.risk.yaml", cascade());
    const version = client.replace(uri, "liquidationThreshold: 83%, liquidationBonus: 5% ", "");
    const found = await client.diagnostics(uri, (each) => each.version === version);
    expect(found.filter(({ code }) => code === "limit-broken")).toEqual([]);
  });

  it("silences a finding by a comment with a reason", async () => {
    const uri = await openAndRun("silenced.risk.yaml", cascade());
    const line = "      WETH: { oracle: eth-usd";
    const comment = "      # plimsoll-disable-next-line limit-broken -- accepted until the vote";
    const version = client.replace(uri, line, `${comment}\n${line}`);
    const found = await client.diagnostics(uri, (each) => each.version === version);
    expect(found).not.toContainEqual(expect.objectContaining(broken));
    expect((await client.picture(uri, () => true)).limits[0].verdict).toBe("fail");
  });
});

describe("the panel's questions", () => {
  it("are answered with the fall curve of another asset", async () => {
    const uri = await openAndRun("asset.risk.yaml", cascade());
    await client.connection.sendNotification(SHOW, { uri, asset: "USDC" });
    const { fallCurve } = await client.picture(uri, (picture) => picture.fallCurve?.asset === "USDC");
    expect(fallCurve?.falls.length).toBe(fallCurve?.withFeedback.badDebt.length);
    client.save(uri);
    const before = client.pictures.length;
    await until(() => client.pictures.slice(before).find(done));
    expect(client.pictures.at(-1)?.fallCurve?.asset).toBe("USDC");
  });

  it("about a file that is not open, or an asset it has not, change nothing", async () => {
    const uri = await openAndRun("unknown.risk.yaml", cascade());
    await client.connection.sendNotification(SHOW, { uri: folder.uri("not-open.risk.yaml") });
    await client.connection.sendNotification(SHOW, { uri, asset: "NOPE" });
    expect(await client.connection.sendRequest(SIMULATE, { uri: folder.uri("not-open.risk.yaml") })).toBe(
      false,
    );
    expect((await client.picture(uri, done)).fallCurve?.asset).toBe("WETH");
  });

  it("start a run on request, or say that the file has errors", async () => {
    const uri = await openAndRun("request.risk.yaml", cascade());
    expect(await client.connection.sendRequest(SIMULATE, { uri })).toBe(true);
    client.replace(uri, "ltv: 80%", "ltv: 80");
    expect(await client.connection.sendRequest(SIMULATE, { uri })).toBe(false);
  });
});

describe("the example of Aave v3", () => {
  it("has findings and all charts within seconds of its opening", async () => {
    const example = fileURLToPath(new URL("../../examples/aave-v3-core.risk.yaml", import.meta.url));
    const copy = fileURLToPath(folder.uri("data/weth-usdc.quotes.csv"));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(fileURLToPath(new URL("../../examples/data/weth-usdc.quotes.csv", import.meta.url)), copy);
    const begun = performance.now();
    const seconds = () => ((performance.now() - begun) / 1000).toFixed(1);
    const uri = folder.uri("aave.risk.yaml");
    client.open(uri, readFileSync(example, "utf8"));
    await client.picture(uri, ({ distribution }) => distribution?.expectedShortfall !== undefined);
    const first = seconds();
    const found = await client.diagnostics(uri, ({ diagnostics }) => diagnostics.length > 0);
    const second = seconds();
    const picture = await client.picture(uri, ({ fallCurve, worstPath }) => !!fallCurve && !!worstPath);
    console.log(
      `20,000 positions, 2,000 paths: interval ${first} s, findings ${second} s, charts ${seconds()} s`,
    );
    expect(found).toContainEqual(expect.objectContaining(broken));
    expect(picture.limits.some(({ verdict }) => verdict === "fail")).toBe(true);
    expect(picture.worstPath?.hours.length).toBeGreaterThan(10);
  });
});

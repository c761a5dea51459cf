import { afterAll, describe, expect, it } from "vitest";
import { type Client, type ClientOptions, startClient } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
const clients: Client[] = [];

afterAll(async () => {
  await Promise.all(clients.map((client) => client.stop()));
  folder.remove();
});

/** A client on a file with a broken limit, whose first run is done. */
async function openBroken(name: string, text: string, options: ClientOptions) {
  const client = await startClient(options);
  clients.push(client);
  const uri = folder.uri(name);
  client.open(uri, text);
  await client.picture(uri, ({ status }) => status.state !== "running");
  /** Waits until a rule has findings of one severity, or none. */
  const untilSeverity = (rule: string, severity?: number) =>
    client.diagnostics(uri, ({ diagnostics }) => {
      return diagnostics.find(({ code }) => code === rule)?.severity === severity;
    });
  return { client, uri, untilSeverity };
}

describe("the setting plimsoll.rules", () => {
  it.each([
    ["asked for", { settings: {} }],
    ["told", {}],
  ])(
    "lowers, raises and silences findings while the server runs, where settings are %s",
    async (how, options) => {
      const { client, untilSeverity } = await openBroken(`${how}.risk.yaml`, cascade(), options);
      await untilSeverity("limit-broken", 1);
      client.configure({ rules: { "limit-broken": "information" } });
      await untilSeverity("limit-broken", 3);
      client.configure({ rules: { "limit-broken": "off" } });
      await untilSeverity("limit-broken", undefined);
      client.configure({});
      await untilSeverity("limit-broken", 1);
    },
  );

  it("never silences what keeps a file from being simulated: its text, its parameters, its data", async () => {
    const settings = {
      rules: { "wrong-dimension": "off", "ltv-above-threshold": "off", "missing-file": "off" },
    };
    const { client, uri, untilSeverity } = await openBroken(
      "missing.risk.yaml",
      cascade({ book: "file: nowhere.csv" }),
      { settings },
    );
    await untilSeverity("missing-file", 1);
    client.replace(uri, "ltv: 80%", "ltv: 90%");
    client.save(uri);
    await client.picture(uri, ({ status }) => status.state === "invalid");
    await untilSeverity("ltv-above-threshold", 1);
    client.replace(uri, "price: 3000", "price: 30x");
    await untilSeverity("wrong-dimension", 1);
  });
});

describe("a comment above an error that stops the run", () => {
  it("silences neither a parameter nor data, and says so", async () => {
    const { client, uri } = await openBroken("stopped.risk.yaml", cascade({ book: "file: nowhere.csv" }), {
      settings: {},
    });
    const commentOn = (rule: string, line: string) =>
      client.replace(uri, line, `# plimsoll-disable-next-line ${rule} -- agreed\n${line}`);
    const rulesAt = async (version: number) =>
      (await client.diagnostics(uri, (each) => each.version === version)).map(({ code }) => code);
    expect(await rulesAt(commentOn("missing-file", "    file: nowhere.csv"))).toEqual([
      "missing-file",
      "invalid-suppression",
    ]);
    client.replace(uri, "ltv: 80%", "ltv: 90%");
    const version = commentOn("ltv-above-threshold", "      WETH: { oracle");
    expect(await rulesAt(version)).toEqual(["ltv-above-threshold", "invalid-suppression"]);
    client.save(uri);
    const { status } = await client.picture(uri, (each) => each.status.state === "invalid");
    expect(status).toMatchObject({ message: expect.stringContaining("1 error") });
  });
});

describe("the setting plimsoll.threads", () => {
  it("changes the pool while a run is under way, which starts again and ends with the same figures", async () => {
    const { client, uri } = await openBroken("threads.risk.yaml", cascade({ paths: 4_000 }), {
      settings: {},
    });
    const before = await client.picture(uri, ({ status }) => status.state === "done");
    client.save(uri);
    await client.picture(uri, ({ status }) => status.state === "running" && status.done > 0);
    client.configure({ threads: 1 });
    const after = await client.picture(uri, ({ status }) => status.state === "done");
    expect(after.limits).toEqual(before.limits);
    expect(client.log).toEqual([]);
  });
});

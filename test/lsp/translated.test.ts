import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, startClient, until } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
let client: Client;

const l10n = {
  "Simulating liquidations": "Liquidationen werden simuliert",
  "Lower to {0}": "Auf {0} senken",
  "The file has 1 error. Correct it and save to run its scenarios.": "Die Datei hat einen Fehler.",
};

beforeAll(async () => {
  client = await startClient({ initializationOptions: { l10n } });
});

afterAll(async () => {
  await client.stop();
  folder.remove();
});

describe("a client with another language", () => {
  it("gets titles, progress and status in it", async () => {
    const uri = folder.uri("translated.risk.yaml");
    client.open(uri, cascade().replace("ltv: 80%", "ltv: 90%"));
    const { status } = await client.picture(uri, (picture) => picture.status.state === "invalid");
    expect(status).toMatchObject({ message: "Die Datei hat einen Fehler." });
    const [found] = await client.diagnostics(uri, ({ diagnostics }) => diagnostics.length > 0);
    const actions = await client.connection.sendRequest<{ title: string }[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: found.range,
      context: { diagnostics: [] },
    });
    const titles = actions.map(({ title }) => title);
    expect(titles).toContain("Auf 83% senken");
    client.replace(uri, "ltv: 90%", "ltv: 80%");
    client.save(uri);
    const begun = await until(() => client.progress.find(({ kind }) => kind === "begin"));
    expect(begun.title).toBe("Liquidationen werden simuliert");
  });
});

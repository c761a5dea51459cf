import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { startClient, until } from "./client";
import { cascade, newFolder } from "./files";

const folder = newFolder();
afterAll(() => folder.remove());

const killer = fileURLToPath(new URL("kill-workers.cjs", import.meta.url));

describe("a worker that dies in the middle of a run", () => {
  it("gives one diagnostic at the scenarios, and the next save succeeds on a fresh worker", async () => {
    const client = await startClient({ node: ["--require", killer] });
    const uri = folder.uri("lost.risk.yaml");
    client.open(uri, cascade({ paths: 400_000 }));
    await client.picture(uri, ({ status }) => status.state === "running" && status.done > 100);
    client.server.kill("SIGUSR2");
    await client.picture(uri, ({ status }) => status.state === "failed");
    const found = await client.diagnostics(uri, ({ diagnostics }) => diagnostics.length > 0);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: "worker-lost", severity: 1 });
    const { start, end } = found[0].range;
    expect(client.text(uri).split("\n")[start.line].slice(start.character, end.character)).toBe("scenarios");
    client.replace(uri, "paths: 400000", "paths: 200");
    client.save(uri);
    await client.picture(uri, ({ status }) => status.state === "done");
    expect(await client.diagnostics(uri)).not.toContainEqual(
      expect.objectContaining({ code: "worker-lost" }),
    );
    expect(await client.stop()).toBe(0);
  });
});

describe("a server", () => {
  it.runIf(process.platform === "linux")("that is idle takes less than 100 MiB", async () => {
    const client = await startClient();
    const resident = () =>
      Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${client.server.pid}/status`, "utf8"))![1]) / 1024;
    await new Promise((resolve) => setTimeout(resolve, 500));
    console.log(`idle server: ${resident().toFixed(0)} MiB`);
    expect(resident()).toBeLessThan(100);
    await client.stop();
  });

  it("ends when it is told to, also in the middle of a run", async () => {
    const client = await startClient();
    const uri = folder.uri("ends.risk.yaml");
    client.open(uri, cascade({ paths: 400_000 }));
    await client.picture(uri, ({ status }) => status.state === "running");
    expect(await client.stop()).toBe(0);
  });

  it("ends when its client is gone", async () => {
    const client = await startClient();
    const uri = folder.uri("orphan.risk.yaml");
    client.open(uri, cascade());
    await client.diagnostics(uri);
    client.connection.dispose();
    client.server.stdin!.end();
    await until(() => (client.server.exitCode === null ? undefined : true));
  });
});

import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloadFile, verify } from "../../scripts/download.mjs";

const content = randomBytes(300_000);
const integrity = `sha512-${createHash("sha512").update(content).digest("base64")}`;

let folder: string;
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plimsoll-download-"));
});

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true });
});

async function serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(handler);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.tgz`;
}

/** Serves ranges, and breaks the first connection off when 100,000 bytes have come to the file. */
function breakingOff(ranges: (string | undefined)[], part: string) {
  return (request: IncomingMessage, response: ServerResponse) => {
    ranges.push(request.headers.range);
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, { "content-length": content.length - from });
    if (ranges.length > 1) response.end(content.subarray(from));
    else
      response.write(content.subarray(0, 100_000), () => void untilSize(part).then(() => response.destroy()));
  };
}

async function untilSize(file: string): Promise<void> {
  while ((await stat(file).catch(() => undefined))?.size !== 100_000) await sleep(10);
}

describe("a download", () => {
  it("goes on where a broken connection left it", async () => {
    const ranges: (string | undefined)[] = [];
    const file = join(folder, "file.tgz");
    await downloadFile(await serve(breakingOff(ranges, `${file}.part`)), file, "file");
    expect(ranges).toEqual([undefined, "bytes=100000-"]);
    expect((await readFile(file)).equals(content)).toBe(true);
  });

  it("starts anew when the server does not know ranges", async () => {
    const file = join(folder, "file.tgz");
    await writeFile(`${file}.part`, "something older");
    await downloadFile(await serve((_, response) => response.end(content)), file, "file");
    expect((await readFile(file)).equals(content)).toBe(true);
  });

  it("names the answer that it could not use", async () => {
    const url = await serve((_, response) => response.writeHead(401).end());
    await expect(downloadFile(url, join(folder, "file.tgz"), "file")).rejects.toThrow("answered 401");
  });
});

describe("a pinned checksum", () => {
  it("accepts the pinned bytes", async () => {
    const file = join(folder, "right.tgz");
    await writeFile(file, content);
    await verify(file, integrity);
    expect((await stat(file)).size).toBe(content.length);
  });

  it("refuses and removes any other file", async () => {
    const file = join(folder, "wrong.tgz");
    await writeFile(file, content.subarray(1));
    await expect(verify(file, integrity)).rejects.toThrow("wrong.tgz does not have the pinned checksum");
    await expect(stat(file)).rejects.toThrow("ENOENT");
  });
});

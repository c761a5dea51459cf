import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface RpcRequest {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What a relay says instead of the node. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error?: { readonly code: number; readonly message: string };
  readonly body?: string;
}

export interface Relay {
  /** With a key in its path, as providers have it. */
  readonly url: string;
  /** Methods that were asked for, in order. */
  readonly asked: string[];
  stop(): Promise<void>;
}

/** A key such as providers give out. */
export const KEY = "k3yThatNobodyMaySee0123456789";

/** Stands before a node as a provider does, and answers some requests itself. */
export async function relay(
  node: string,
  answer: (request: RpcRequest, asked: number) => Reply | undefined,
): Promise<Relay> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { id, method, params } = JSON.parse(body) as RpcRequest;
    asked.push(method);
    const reply = answer(
      { id, method, params: params ?? [] },
      asked.filter((each) => each === method).length,
    );
    if (!reply) {
      const real = await fetch(node, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      response.writeHead(200, { "content-type": "application/json" }).end(await real.text());
      return;
    }
    const { status = 200, headers = {}, error } = reply;
    const own = error ? JSON.stringify({ jsonrpc: "2.0", id, error }) : (reply.body ?? "");
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(own);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v2/${KEY}`,
    asked,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

import { BaseError, BlockNotFoundError, HttpRequestError, RpcRequestError, TimeoutError } from "viem";

/** What went wrong with a request to a node. `failing`: the way there broke, or the node's own machinery. */
export type FailureKind =
  | "rate-limited"
  | "timeout"
  | "failing"
  | "unreachable"
  | "refused"
  | "no-state"
  | "rejected";

export interface Failure {
  readonly kind: FailureKind;
  /** In the node's words. */
  readonly detail: string;
  /** Milliseconds that the node asks to wait. */
  readonly wait?: number;
}

const NO_STATE =
  /missing trie node|state .*(not available|unavailable|pruned)|historical state|archive|header not found|unknown block|block .*not found/i;
const RATE_LIMIT = /rate limit|too many requests|request limit|capacity|throughput|credits/i;

/** Codes of JSON-RPC that nodes use for too many requests. */
const RATE_CODES: readonly number[] = [429, -32005, -32007, -32029];
/** What the network says when a connection breaks that may be there again in a moment. */
const BROKEN = /^(ECONNRESET|EPIPE|ETIMEDOUT|UND_ERR_SOCKET|UND_ERR_CONNECT_TIMEOUT)$/;

/** Tells apart what can be waited for, what another request avoids, and what nothing helps with. */
export function failureOf(error: unknown): Failure {
  const http = find(error, HttpRequestError);
  const rpc = find(error, RpcRequestError);
  const code = codeOf(error);
  const detail =
    rpc?.details ?? code ?? http?.details ?? (error instanceof Error ? error.message : String(error));
  if (find(error, TimeoutError)) return { kind: "timeout", detail };
  const { status = 0, headers } = http ?? rpc ?? {};
  if (status === 429 || isRateLimit(rpc?.code, detail))
    return { kind: "rate-limited", detail, wait: waitOf(headers) };
  if (status === 401 || status === 403) return { kind: "refused", detail };
  if (find(error, BlockNotFoundError) || NO_STATE.test(detail)) return { kind: "no-state", detail };
  if (rpc) return { kind: "rejected", detail };
  if (BROKEN.test(code ?? "") || status >= 500) return { kind: "failing", detail };
  return { kind: "unreachable", detail };
}

/** Some nodes give the code of a rate limit to a range of logs that is too long for them. */
function isRateLimit(code: number | undefined, detail: string): boolean {
  if (RATE_LIMIT.test(detail)) return true;
  return RATE_CODES.includes(code ?? 0) && !/range|blocks|results|response size/i.test(detail);
}

function waitOf(headers: Headers | undefined): number | undefined {
  const seconds = headers?.get("Retry-After");
  return seconds && /^\d+$/.test(seconds) ? 1000 * Number(seconds) : undefined;
}

/** Whether it is the node or the way to it that failed, not a contract. */
export function isOfNode(error: unknown): boolean {
  return [HttpRequestError, RpcRequestError, TimeoutError].some((kind) => find<Error>(error, kind));
}

function find<T>(error: unknown, of: new (...args: never[]) => T): T | undefined {
  return error instanceof BaseError
    ? ((error.walk((each) => each instanceof of) as T | null) ?? undefined)
    : undefined;
}

/** The operating system's or Node's name of a failure of the network, such as ECONNREFUSED. */
function codeOf(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause)
    if ("code" in each && typeof each.code === "string") return each.code;
  return undefined;
}

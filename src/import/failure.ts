import { BaseError, HttpRequestError, RpcRequestError, TimeoutError } from "viem";

/** What went wrong with a request to a node. */
export type FailureKind = "rate-limited" | "timeout" | "unreachable" | "refused" | "no-state" | "rejected";

export interface Failure {
  readonly kind: FailureKind;
  /** In the node's words. */
  readonly detail: string;
}

const NO_STATE =
  /missing trie node|state .*(not available|unavailable|pruned)|historical state|archive|header not found|unknown block|block .*not found/i;
const RATE_LIMIT = /rate limit|too many requests|request limit|capacity|throughput|credits/i;

/** Codes of JSON-RPC that nodes use for too many requests. */
const RATE_CODES: readonly number[] = [429, -32007, -32029];

/** Tells apart what can be waited for, what another request avoids, and what nothing helps with. */
export function failureOf(error: unknown): Failure {
  const http = find(error, HttpRequestError);
  const rpc = find(error, RpcRequestError);
  const detail = rpc?.details ?? http?.details ?? (error instanceof Error ? error.message : String(error));
  if (find(error, TimeoutError)) return { kind: "timeout", detail };
  if (http?.status === 429 || RATE_CODES.includes(rpc?.code ?? 0) || RATE_LIMIT.test(detail))
    return { kind: "rate-limited", detail };
  if (http?.status === 401 || http?.status === 403) return { kind: "refused", detail };
  if (NO_STATE.test(detail)) return { kind: "no-state", detail };
  if (rpc) return { kind: "rejected", detail };
  return { kind: "unreachable", detail };
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

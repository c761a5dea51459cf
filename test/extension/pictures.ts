import { type LimitRow, type Picture, PROTOCOL_VERSION, type RunStatus } from "../../src/protocol/messages";

export const done: RunStatus = { state: "done", seconds: 1.234, finishedAt: "2026-01-01T00:00:00Z" };

export function picture(status: RunStatus, extra: Partial<Picture> = {}): Picture {
  return {
    protocol: PROTOCOL_VERSION,
    uri: "file:///a.risk.yaml",
    name: "A",
    version: 1,
    stale: false,
    status,
    numeraire: "USD",
    limits: [],
    ...extra,
  };
}

export function limit(verdict: LimitRow["verdict"], title = "bad debt in crash", index = 0): LimitRow {
  return { index, title, verdict, measured: "2 USD", limit: "at most 1 USD" };
}

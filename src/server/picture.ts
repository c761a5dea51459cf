import { basename } from "node:path/posix";
import type { Source } from "../dsl/parse";
import { type LimitRow, type Picture, PROTOCOL_VERSION, type RunStatus } from "../protocol/messages";
import type { Results } from "./results";

export interface PictureInput {
  readonly uri: string;
  /** The text as it is now. */
  readonly source: Source;
  readonly status: RunStatus;
  /** Whether the results are of a text that says something else. */
  readonly stale: boolean;
  readonly results?: Results;
}

/** What the panel shows of a file. */
export function pictureOf({ uri, source, status, stale, results }: PictureInput): Picture {
  const file = source.file ?? results?.file;
  const assessment = results?.assessment;
  return {
    protocol: PROTOCOL_VERSION,
    uri,
    name: file?.name ?? basename(decodeURIComponent(uri)),
    version: results?.version ?? 0,
    stale,
    status,
    numeraire: file?.numeraire ?? "USD",
    limits: assessment?.limits.map(rowOf) ?? [],
    fallCurve: assessment?.fallCurve,
    worstPath: assessment?.worstPath,
    distribution: assessment?.distribution,
  };
}

function rowOf({ index, title, verdict, measured, limit }: LimitRow): LimitRow {
  return { index, title, verdict, measured, limit };
}

import type { RiskFile, Source } from "../dsl/parse";
import type { Assessment } from "../insight/assess";
import type { Exposure } from "../insight/exposure";
import type { JudgedLimit } from "../insight/limits";

/** What the last run came to. */
export interface LastRun {
  /** The text it was of. */
  readonly file: RiskFile;
  /** Absent when nothing could be simulated. */
  readonly assessment?: Assessment;
  /** Whether the text says something else now. */
  readonly stale: boolean;
  /** Seconds since its results were there. */
  readonly age: number;
}

/** What is at stake in the newest model that could be built. */
export interface Stake {
  /** The text the model was built from. */
  readonly file: RiskFile;
  readonly exposure: Exposure;
  /** Whether the text says something else now. */
  readonly stale: boolean;
}

/** What runs have told of a file so far. */
export interface Told {
  readonly lastRun?: LastRun;
  readonly stake?: Stake;
}

/** Nothing was run yet. */
export const NOTHING_TOLD: Told = {};

export function numeraireOf({ file }: LastRun): string {
  return file.numeraire ?? "USD";
}

/**
 * What a limit of the text came to in the last run: the one that says the same, else, when its bound alone was edited,
 * the one at its place. Undefined for a limit that was not run.
 */
export function limitOf(
  { file: { limits = [] }, assessment }: LastRun,
  { draft }: Source,
  index: number,
): JudgedLimit | undefined {
  const written = draft?.limits?.[index];
  if (!written) return undefined;
  const says = (limit: object | undefined, but: readonly string[] = []) =>
    JSON.stringify(
      Object.entries(limit ?? {})
        .filter(([key]) => !but.includes(key))
        .sort(),
    );
  const isSame = (limit: object | undefined) => says(limit) === says(written);
  const moved = isSame(limits[index]) ? index : limits.findIndex(isSame);
  const isMeasuredAlike = says(limits[index], BOUND) === says(written, BOUND);
  const found = moved < 0 && isMeasuredAlike ? index : moved;
  return assessment?.limits.find((result) => result.index === found);
}

const BOUND = ["max", "min", "decide"];

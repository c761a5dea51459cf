/** How fast a job goes, to cut it in chunks that are short to cancel and long against their overhead. */
export interface Pace {
  /** Of the latest chunk, its set-up included. */
  millisecondsPerPath?: number;
}

const FIRST_CHUNK = 4;
const CHUNK_MILLISECONDS = 75;

/** The number of paths of the next chunk: towards the end smaller ones, so that all threads end together. */
export function nextChunk(pace: Pace, remaining: number, threads: number): number {
  const full =
    pace.millisecondsPerPath === undefined
      ? FIRST_CHUNK
      : Math.max(1, Math.round(CHUNK_MILLISECONDS / pace.millisecondsPerPath));
  const share = Math.ceil(remaining / (2 * threads));
  return Math.min(remaining, full, Math.max(share, Math.ceil(full / 4)));
}

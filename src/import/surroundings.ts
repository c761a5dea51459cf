/** What an import is told by whoever started it, and tells them. */
export interface Surroundings {
  /** A sentence that numbers complete: "Reading accounts:", 100, 250. */
  readonly progress: (doing: string, done: number, total: number) => void;
  readonly signal: AbortSignal;
}

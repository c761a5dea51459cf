import type { Style } from "./style";

/** Where a command writes: results to `out`, what is only of the moment to `progress`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly progress: NodeJS.WriteStream;
  readonly style: Style;
  /** Aborted when the person interrupts. */
  readonly interrupted: AbortSignal;
}

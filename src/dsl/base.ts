import type { Related } from "./problem";
import type { Source } from "./source";

/** The file that a risk file extends, as it was found. */
export interface Base {
  /** As the file that extends it names it. */
  readonly path: string;
  /** From the folder of the file that was read first: where its text is found, and what messages call it. */
  readonly name: string;
  /** Read, itself over its own base; absent when it cannot be built on. */
  readonly source?: Source;
  /** Why it cannot be built on. */
  readonly fault?: {
    readonly rule: string;
    readonly message: string;
    readonly related?: readonly Related[];
  };
  /** What was read, or looked for, on the way: names of this file and of those that it extends. */
  readonly names: readonly string[];
}

/** A path that is written in a file, from the folder of another file that names the first. */
export function pathBeside(path: string, written: string): string {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return /^([/\\]|[A-Za-z]:)/.test(written) ? written : folder + written;
}

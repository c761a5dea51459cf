import type { Difference } from "./health";
import type { NewFile } from "./write-files";

/** What was made of a deployment, nothing of it written yet. */
export interface Imported {
  readonly text: string;
  /** Data files; paths from the risk file's folder. */
  readonly data: readonly NewFile[];
  readonly accounts: number;
  readonly differences: readonly Difference[];
  /** What whoever reads the file should know besides. */
  readonly notes: readonly string[];
}

import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Cancelled } from "../engine/simulate";
import { ImportProblem } from "./import-problem";

export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes files so that each is there whole or not at all: all are written beside their places first, then moved.
 * @throws ImportProblem when one cannot be written; Cancelled before anything is moved
 */
export async function writeFiles(files: readonly NewFile[], signal: AbortSignal): Promise<void> {
  const staged = files.map(({ path, text }) => ({ path, text, beside: `${path}.${process.pid}.partial` }));
  try {
    for (const { path, text, beside } of staged) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(beside, text, { flag: "wx" });
    }
    if (signal.aborted) throw new Cancelled();
    for (const { path, beside } of staged) await rename(beside, path);
  } catch (error) {
    await Promise.all(staged.map(({ beside }) => rm(beside, { force: true })));
    if (error instanceof Cancelled) throw error;
    throw new ImportProblem(
      `The files cannot be written: ${error instanceof Error ? error.message : String(error)}. Choose another folder.`,
    );
  }
}

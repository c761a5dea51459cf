import { dirname } from "node:path";
import { nodeWorkspace } from "../data/node-workspace";
import { type Examined, examine } from "./examine";
import { type Input, inputOf, notingWorkspace } from "./inputs";
import { decodeRiskFile, readRiskFile } from "./risk-file";

/** A risk file from the file system, examined with the data files beside it. */
export interface Opened extends Examined {
  /** As it was named. */
  readonly path: string;
  readonly text: string;
  /** The risk file, then its data files by path. */
  readonly inputs: readonly Input[];
}

/** @throws Unusable when the file cannot be read */
export async function openRiskFile(path: string): Promise<Opened> {
  const bytes = await readRiskFile(path);
  const text = decodeRiskFile(path, bytes);
  const workspace = notingWorkspace(nodeWorkspace(dirname(path)));
  const examined = await examine(text, workspace);
  return { ...examined, path, text, inputs: [inputOf(path, bytes), ...workspace.inputs()] };
}

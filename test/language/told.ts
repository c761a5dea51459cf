import { type Exposure, exposureOf } from "../../src/insight/exposure";
import type { Told } from "../../src/language/last-run";
import { assessedFile } from "../insight/small-file";

/** What a run of the small file tells, with the given limits, `age` seconds after it. */
export async function toldOf(
  limits: readonly string[],
  { stale = false, age = 200 }: { stale?: boolean; age?: number } = {},
): Promise<Required<Told> & { text: string }> {
  const { text, file, model, assessment } = await assessedFile(limits);
  const exposure = workedOut(exposureOf(model));
  return { text, lastRun: { file, assessment, stale, age }, stake: { file, exposure, stale } };
}

function workedOut(steps: Generator<void, Exposure>): Exposure {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

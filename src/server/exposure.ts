import type { Model } from "../engine/model";
import { type Exposure, exposureOf } from "../insight/exposure";
import type { Results } from "./results";
import type { Session } from "./session";

/** What is at stake in the model of some results, once it is worked out. */
export interface Exposing {
  readonly results: Results;
  readonly model: Model;
  exposure?: Exposure;
}

/** Milliseconds of work between two looks at what else is asked. */
const SLICE = 2;

/** Works out what is at stake in the model of some results, in between other work; newer results replace older ones. */
export function expose(session: Session, results: Results): void {
  const { model } = results;
  if (!model || session.exposing?.model === model) return;
  const exposing: Exposing = { results, model };
  session.exposing = exposing;
  const steps = exposureOf(model);
  const work = () => {
    if (session.exposing !== exposing) return;
    for (const end = performance.now() + SLICE; performance.now() < end; ) {
      const { done, value } = steps.next();
      if (!done) continue;
      exposing.exposure = value;
      session.services.told();
      return;
    }
    setImmediate(work);
  };
  setImmediate(work);
}

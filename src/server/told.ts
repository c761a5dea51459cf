import type { Source } from "../dsl/parse";
import type { Told } from "../language/last-run";
import { isStale, type Results } from "./results";
import type { Session } from "./session";

/** What runs have told of a document, as seen from its text as it is now. */
export function toldOf(session: Session, source: Source): Told {
  const { finished, drawn, exposing } = session;
  const results = drawn && drawn.run === finished?.run ? drawn : finished;
  return {
    lastRun: results && lastRunOf(results, source),
    stake: exposing?.exposure && {
      file: exposing.results.file,
      exposure: exposing.exposure,
      stale: isStale(exposing.results, source),
    },
  };
}

function lastRunOf(results: Results, source: Source) {
  const { file, assessment, at } = results;
  return { file, assessment, stale: isStale(results, source), age: (Date.now() - at) / 1000 };
}

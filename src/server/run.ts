import type { RiskFile } from "../dsl/parse";
import type { RunStatus } from "../protocol/messages";
import { isPast } from "../protocol/past";
import { errorCount } from "./check";
import { expose } from "./exposure";
import { redrawCurve } from "./fall-curve";
import { isJudged, type Results } from "./results";
import { draw, type Progress, publish, refreshed, type Session } from "./session";
import { failureOf, type Outcome, runFile } from "./simulation";
import { cancelledStatus, doneStatus, failedStatus, invalidStatus, runningStatus } from "./status";

/** The text that is run. */
interface Run {
  readonly control: AbortController;
  readonly version: number;
  readonly file: RiskFile;
  readonly started: number;
}

/** Runs a document as it is now; an older run ends. False when the text has errors and cannot be run, or is past. */
export function startRun(session: Session): boolean {
  if (isPast(session.document.uri)) return false;
  session.running?.abort();
  session.running = undefined;
  publish(session);
  const checked = refreshed(session);
  const { file } = checked.source;
  const errors = errorCount(checked);
  if (!file || errors > 0) {
    session.status = invalidStatus(errors);
    draw(session);
    return false;
  }
  const control = new AbortController();
  session.running = control;
  void follow(session, { control, version: checked.version, file, started: performance.now() });
  return true;
}

/** Shows a run from its start to its end. A run that a newer one has replaced says nothing any more. */
async function follow(session: Session, run: Run): Promise<void> {
  const { control } = run;
  const progress = session.services.progress(() => control.abort());
  session.status = runningStatus();
  draw(session);
  const status = await carryOut(session, run, (partial) => {
    if (session.running === control && !control.signal.aborted) advance(session, run, partial, progress);
  });
  progress.end();
  if (session.running !== control) return;
  session.running = undefined;
  session.status = status;
  publish(session);
  session.services.told();
  draw(session);
  redrawCurve(session);
}

/** Shows what a run has come to so far. The findings do not wait for the last charts. */
function advance(session: Session, run: Run, partial: Outcome, progress: Progress): void {
  const results = resultsOf(run, partial);
  const status = runningStatus(partial.assessment);
  session.drawn = results;
  expose(session, results);
  session.status = status;
  session.drawing.request();
  progress.report(status.done, status.total);
  if (!isJudged(results) || session.finished?.run === run.control) return;
  session.finished = results;
  publish(session);
  session.services.told();
}

/** Never rejects: what goes wrong is a finding, and the status. */
async function carryOut(
  session: Session,
  run: Run,
  onUpdate: (partial: Outcome) => void,
): Promise<RunStatus> {
  const { signal } = run.control;
  const { workspace, simulate, report } = session.services;
  try {
    const outcome = await runFile(run.file, { workspace, simulate, asset: session.asset, signal, onUpdate });
    if (session.running === run.control) {
      session.drawn = session.finished = resultsOf(run, outcome);
      expose(session, session.drawn);
    }
    return doneStatus(outcome, (performance.now() - run.started) / 1000);
  } catch (error) {
    if (signal.aborted) return cancelledStatus();
    report(error);
    const failure = failureOf(error);
    session.finished = resultsOf(run, { findings: [failure] });
    return failedStatus(failure.message);
  }
}

function resultsOf({ control, version, file }: Run, outcome: Outcome): Results {
  return { run: control, version, file, at: Date.now(), ...outcome };
}

import { fallCurve } from "../insight/fall-curve";
import type { FallCurveSeries } from "../protocol/messages";
import type { Results } from "./results";
import { draw, type Session } from "./session";

/** Draws the picture again, with the fall curve of `asset` when one is named. */
export function show(session: Session, asset?: string): void {
  session.asset = asset ?? session.asset;
  draw(session);
  redrawCurve(session);
}

/** Brings the fall curve to the chosen asset, if the results shown are of another one. */
export function redrawCurve(session: Session): void {
  session.redrawing?.abort();
  const { asset, drawn, running, services } = session;
  if (running || !asset || !drawn || !canShow(drawn, asset)) return;
  const control = new AbortController();
  session.redrawing = control;
  fallCurve(drawn.model!, asset, services.simulate, control.signal).then(
    (curve) => {
      if (control.signal.aborted || session.drawn !== drawn) return;
      session.drawn = withCurve(drawn, curve);
      draw(session);
    },
    (error) => {
      if (!control.signal.aborted) services.report(error);
    },
  );
}

function canShow({ model, assessment }: Results, asset: string): boolean {
  if (!assessment || assessment.fallCurve?.asset === asset) return false;
  return model?.assets.some(({ name }) => name === asset) ?? false;
}

function withCurve(results: Results, curve: FallCurveSeries): Results {
  return { ...results, assessment: { ...results.assessment!, fallCurve: curve } };
}

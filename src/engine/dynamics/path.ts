import { pow } from "../math/pow";
import type { Path } from "../model";

/** The time at the end of each step. */
export function endsOf(steps: Float64Array): Float64Array {
  let time = 0;
  return steps.map((length) => {
    time += length;
    return time;
  });
}

/** The value of a path at a time in seconds. */
export function valueAt({ time, value }: Path, now: number): number {
  const last = time.length - 1;
  if (now >= time[last]) return value[last];
  if (now <= time[0]) return value[0];
  let next = 1;
  while (time[next] <= now) next++;
  const share = (now - time[next - 1]) / (time[next] - time[next - 1]);
  return value[next - 1] * pow(value[next] / value[next - 1], share);
}

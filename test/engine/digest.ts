import { exp } from "../../src/engine/math/exp";
import { inverseNormal } from "../../src/engine/math/inverse-normal";
import { log } from "../../src/engine/math/log";
import { pow } from "../../src/engine/math/pow";
import { fillNormals } from "../../src/engine/random/normals";
import { uniform } from "../../src/engine/random/uniform";
import type { Samples } from "../../src/engine/samples";
import { simulate } from "../../src/engine/simulate";
import { smallModel, smallScenario } from "../run/small-model";

/** FNV-1a over the bytes of doubles, so that one changed bit anywhere shows. */
function digest(columns: Iterable<Float64Array | Uint8Array>): string {
  let hash = 0x811c9dc5;
  for (const column of columns) {
    for (const byte of new Uint8Array(column.buffer, column.byteOffset, column.byteLength)) {
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** Of the functions and draws that everything else is computed with. */
export function digestOfMath(): string {
  const x = Float64Array.from({ length: 20_000 }, (_, i) => (i - 10_000) * 0.0703125);
  const positive = Float64Array.from({ length: 20_000 }, (_, i) => (i + 1) / 1024);
  const normals = new Float64Array(20_000);
  fillNormals(normals, 7, 3, 1, 0, normals.length);
  return digest([
    x.map((value) => exp(value)),
    positive.map(log),
    positive.map((value, i) => pow(value, x[i] / 8)),
    positive.map((_, i) => inverseNormal((i + 0.5) / 20_000)),
    positive.map((_, i) => uniform(7, 1, i)),
    normals,
  ]);
}

/** Of a Monte Carlo and a shock through books, venues, oracles and rounds. */
export function digestOfRuns(): string {
  const model = smallModel();
  const moves = Float64Array.from([-0.4, 0]);
  const shock = { kind: "shock", name: "crash", moves, over: 3600, hold: 7200, feedback: true } as const;
  return digest([
    ...columnsOf(simulate(model, smallScenario(100), { first: 0, count: 100 })),
    ...columnsOf(simulate(model, shock, { first: 0, count: 1 }, { trace: true })),
  ]);
}

function columnsOf(value: Samples | object): (Float64Array | Uint8Array)[] {
  return Object.values(value).flatMap((part: unknown) => {
    if (part instanceof Float64Array || part instanceof Uint8Array) return [part];
    return typeof part === "object" && part !== null ? columnsOf(part) : [];
  });
}

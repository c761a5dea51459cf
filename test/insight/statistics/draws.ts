import { fillNormals } from "../../../src/engine/random/normals";
import { ascending } from "../../../src/insight/statistics/estimate";

/** n standard normal losses of a seed. */
export function normals(n: number, seed: number): Float64Array {
  const draws = new Float64Array(n);
  fillNormals(draws, seed, 0, 0, 0, n);
  return ascending(draws);
}

/** n losses of Student's t with 4 degrees of freedom: z / sqrt(sum of 4 squares / 4). */
export function studentT4(n: number, seed: number): Float64Array {
  const rows = Array.from({ length: 5 }, (_, factor) => {
    const draws = new Float64Array(n);
    fillNormals(draws, seed, 1, factor, 0, n);
    return draws;
  });
  const [z, ...chi] = rows;
  return ascending(
    z.map((value, i) => value / Math.sqrt(chi.reduce((sum, row) => sum + row[i] * row[i], 0) / 4)),
  );
}

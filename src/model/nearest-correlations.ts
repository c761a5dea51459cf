import { type Correlations, choleskyFactor, correlationMatrix, type Listed } from "./correlations";

/** More assets take too long while somebody types: a projection is of the order of their number cubed. */
const MOST_ASSETS = 16;

/** Least eigenvalues to aim at: what is left of one after rounding must not be negative. */
const LEAST = [1e-5, 1e-4, 1e-3];

/** Digits behind the point of a correlation as a fraction. */
const DIGITS = 5;

/**
 * The correlations nearest to those listed (in the sum of squares over the matrix) that are possible, rounded to whole
 * thousandths of a percent. Pairs that are not listed keep one correlation: the default where there is one, else 0.
 * @returns undefined when there are too many assets
 */
export function nearestCorrelations(names: readonly string[], listed: Listed): Listed | undefined {
  if (names.length > MOST_ASSETS) return undefined;
  for (const least of LEAST) {
    const nearest = rounded(nearestListed(names, listed, least));
    if (choleskyFactor(correlationMatrix(names, nearest))) return nearest;
  }
  return undefined;
}

function rounded({ default: fallback, pairs }: Listed): Listed {
  const round = (x: number) => Number(x.toFixed(DIGITS));
  return {
    ...(fallback !== undefined && { default: round(fallback) }),
    pairs: pairs?.map(([a, b, correlation]) => [a, b, round(correlation)]),
  };
}

const MOST_ROUNDS = 1000;
const SETTLED = 1e-9;

/**
 * Alternating projections on the matrices without eigenvalues below `least` and on those that can be written, with
 * Dykstra's correction: Higham, "Computing the nearest correlation matrix", IMA Journal of Numerical Analysis 22 (2002).
 */
export function nearestListed(names: readonly string[], listed: Listed, least: number): Listed {
  const n = names.length;
  const correction = new Float64Array(n * n);
  let nearest = listed;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { matrix } = correlationMatrix(names, nearest);
    const corrected = matrix.map((value, cell) => value - correction[cell]);
    const projected = semidefiniteProjection(corrected, n, least);
    projected.forEach((value, cell) => {
      correction[cell] = value - corrected[cell];
    });
    const next = asWritten({ names, matrix: projected }, listed);
    const change = correlationMatrix(names, next).matrix.reduce(
      (most, value, cell) => Math.max(most, Math.abs(value - matrix[cell])),
      0,
    );
    nearest = next;
    if (change < SETTLED) break;
  }
  return nearest;
}

/** The nearest matrix that can be written: the mean of the pairs that share the default. */
function asWritten({ names, matrix }: Correlations, listed: Listed): Listed {
  const n = names.length;
  const pairs = listed.pairs?.map(([a, b]) => {
    return [a, b, matrix[names.indexOf(a) * n + names.indexOf(b)]] as const;
  });
  if (listed.default === undefined) return { pairs };
  const { matrix: marked } = correlationMatrix(names, { default: Number.NaN, pairs });
  const others = matrix.filter((_, cell) => Number.isNaN(marked[cell]));
  const mean = others.reduce((sum, value) => sum + value, 0) / others.length;
  return { default: others.length > 0 ? mean : listed.default, pairs };
}

/** The nearest symmetric matrix without eigenvalues below `least`. */
function semidefiniteProjection(matrix: Float64Array, n: number, least: number): Float64Array {
  const { values, vectors } = eigen(matrix, n);
  return matrix.map((_, cell) => {
    const [i, j] = [Math.floor(cell / n), cell % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += Math.max(values[k], least) * vectors[i * n + k] * vectors[j * n + k];
    return sum;
  });
}

const MOST_SWEEPS = 50;

/** Eigenvalues of a symmetric matrix, and its eigenvectors as columns: the cyclic Jacobi method. */
function eigen(symmetric: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = symmetric.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, n) > 1e-24; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) annihilate(a, vectors, n, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), vectors };
}

function offDiagonal(a: Float64Array, n: number): number {
  return a.reduce((sum, value, cell) => (cell % (n + 1) === 0 ? sum : sum + value * value), 0);
}

/** Rotates the plane of p and q so that the element between them becomes 0. */
function annihilate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const between = a[p * n + q];
  if (between === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * between);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(vectors, k * n + p, k * n + q, c, s);
}

function turn(values: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [values[i], values[j]];
  values[i] = c * x - s * y;
  values[j] = s * x + c * y;
}

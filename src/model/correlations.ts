/** A correlation matrix with its assets' names, row-major. */
export interface Correlations {
  readonly names: readonly string[];
  readonly matrix: Float64Array;
}

export interface Listed {
  readonly default?: number;
  readonly pairs?: readonly (readonly [string, string, number])[];
}

/** The matrix over the free assets `names`: 1 on the diagonal, the listed pairs, the default elsewhere. */
export function correlationMatrix(names: readonly string[], listed: Listed): Correlations {
  const n = names.length;
  const matrix = new Float64Array(n * n).fill(listed.default ?? 0);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  for (const [a, b, correlation] of listed.pairs ?? []) {
    const i = names.indexOf(a);
    const j = names.indexOf(b);
    if (i < 0 || j < 0 || i === j) continue;
    matrix[i * n + j] = correlation;
    matrix[j * n + i] = correlation;
  }
  return { names, matrix };
}

/** What rounding may leave of a pivot that is exactly 0, as between assets with correlation 1. */
const ROUNDING = 1e-12;

/**
 * Lower Cholesky factor, row-major, of a positive semidefinite matrix with unit diagonal.
 * @returns undefined when the matrix is not positive semidefinite: no assets can be correlated like that
 */
export function choleskyFactor({ names, matrix }: Correlations): Float64Array | undefined {
  const n = names.length;
  const factor = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const pivot = residual(matrix, factor, n, j, j);
    if (pivot < -ROUNDING) return undefined;
    const root = Math.sqrt(Math.max(0, pivot));
    factor[j * n + j] = pivot > ROUNDING ? root : 0;
    for (let i = j + 1; i < n; i++) {
      const rest = residual(matrix, factor, n, i, j);
      if (pivot > ROUNDING) factor[i * n + j] = rest / root;
      else if (Math.abs(rest) > Math.sqrt(ROUNDING)) return undefined;
    }
  }
  return factor;
}

function residual(matrix: Float64Array, factor: Float64Array, n: number, i: number, j: number): number {
  let rest = matrix[i * n + j];
  for (let k = 0; k < j; k++) rest -= factor[i * n + k] * factor[j * n + k];
  return rest;
}

/** Three assets whose correlations contradict each other: `a-b` must lie in [low, high] given the other two. */
export interface Contradiction {
  readonly a: string;
  readonly b: string;
  readonly through: string;
  readonly found: number;
  readonly low: number;
  readonly high: number;
}

/** The first contradiction among three assets; there may be none where only more assets together contradict. */
export function contradiction({ names, matrix }: Correlations): Contradiction | undefined {
  const n = names.length;
  const at = (i: number, j: number) => matrix[i * n + j];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      for (let k = 0; k < n; k++) {
        if (k === i || k === j) continue;
        const middle = at(i, k) * at(j, k);
        const reach = Math.sqrt(Math.max(0, (1 - at(i, k) ** 2) * (1 - at(j, k) ** 2)));
        if (Math.abs(at(i, j) - middle) <= reach + 1e-9) continue;
        const [low, high] = [Math.max(-1, middle - reach), Math.min(1, middle + reach)];
        return { a: names[i], b: names[j], through: names[k], found: at(i, j), low, high };
      }
    }
  }
  return undefined;
}

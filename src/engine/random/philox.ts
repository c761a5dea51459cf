/** Multipliers and key increments of Philox4x32 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11). */
const M0 = 0xd2511f53 | 0;
const M1 = 0xcd9e8d57 | 0;
const W0 = 0x9e3779b9 | 0;
const W1 = 0xbb67ae85 | 0;
const ROUNDS = 10;

/**
 * Philox4x32-10: four random words (signed) into `out` from a counter of four words and a key of two. The same
 * counter and key give the same words, and no two counters of one key share a block.
 */
export function philox(
  out: Int32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let x0 = counter0 | 0;
  let x1 = counter1 | 0;
  let x2 = counter2 | 0;
  let x3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const low0 = Math.imul(M0, x0);
    const low1 = Math.imul(M1, x2);
    const next0 = multiplyHigh(x2, 0xcd9e, 0x8d57) ^ x1 ^ k0;
    x2 = multiplyHigh(x0, 0xd251, 0x1f53) ^ x3 ^ k1;
    x0 = next0;
    x1 = low1;
    x3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

/** The upper 32 bits of the product of a word and a word given by its halves. */
function multiplyHigh(a: number, high: number, low: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const middle = (Math.imul(a1, low) + (Math.imul(a0, low) >>> 16)) | 0;
  const carry = (Math.imul(a0, high) + (middle & 0xffff)) | 0;
  return (Math.imul(a1, high) + (middle >>> 16) + (carry >>> 16)) | 0;
}

import { philox } from "./philox";

/** Separates the uses of one seed. */
export const Domain = { paths: 0, books: 1, jumps: 2, commonJumps: 3, scales: 4 } as const;
export type Domain = (typeof Domain)[keyof typeof Domain];

const ULP = 2.220446049250313e-16;
const HALF_ULP = ULP / 2;

const words = new Int32Array(4);

/**
 * Draw number `counter` of stream `stream` for generated books: uniform in (0, 1), never 0 or 1. A pure function of its
 * arguments, which are whole numbers from 0 to 2^32 - 1.
 */
export function uniform(seed: number, stream: number, counter: number): number {
  philox(words, counter >>> 1, stream, 0, 0, seed, Domain.books);
  return (counter & 1) === 0 ? unit(words[0], words[1]) : unit(words[2], words[3]);
}

/** The odd multiples of 2^-53: 52 random bits, symmetric about a half. */
export function unit(high: number, low: number): number {
  return ((high >>> 0) * 1048576 + (low >>> 12)) * ULP + HALF_ULP;
}

import { randomFrom } from "../../server/random-edits";

/** Random choices, the same for the same seed. */
export interface Dice {
  /** A whole number from 0, below the end. */
  below(end: number): number;
  within(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(all: readonly T[]): T;
  /** As many as that, each at most once. */
  some<T>(all: readonly T[], count: number): T[];
  shuffled<T>(all: readonly T[]): T[];
}

export function dice(seed: number): Dice {
  const random = randomFrom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const some = <T>(all: readonly T[], count: number): T[] => {
    const left = [...all];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)[0]);
  };
  return {
    below,
    some,
    within: (low, high) => low + random() * (high - low),
    chance: (probability) => random() < probability,
    pick: (all) => all[below(all.length)],
    shuffled: (all) => some(all, all.length),
  };
}

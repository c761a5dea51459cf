/** What rounding leaves of a leg that is repaid or seized whole. */
const DUST = 1e-15;

/** Leg amounts that can be put back: only what was changed is copied. */
export interface Changes {
  apply(leg: number, change: number): void;
  undo(): void;
}

export function changesTo(amount: Float64Array, start: Float64Array): Changes {
  const changed: number[] = [];
  return {
    apply(leg, change) {
      changed.push(leg);
      const rest = amount[leg] + change;
      amount[leg] = rest <= DUST * start[leg] ? 0 : rest;
    },
    undo() {
      for (const leg of changed) amount[leg] = start[leg];
      changed.length = 0;
    },
  };
}

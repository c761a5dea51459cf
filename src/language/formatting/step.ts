/** Spaces by which what a key, an item or a bracket holds stands deeper than it. */
export const STEP = 2;

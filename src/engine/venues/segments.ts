/** Index of the segment that holds `x` in ascending `knots`, the later one at a knot; the last one beyond the end. */
export function segmentOf(knots: Float64Array, x: number): number {
  let low = 0;
  let high = knots.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (knots[middle] <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

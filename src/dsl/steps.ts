/** Work that stops often, so that somebody else's can be done in between; at the end it returns what it came to. */
export type Steps<T> = Generator<void, T>;

/** Does the work without a stop. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Entries of a map that may not be written yet; those without a value are left out. */
export function entries<T>(map: Readonly<Record<string, T | undefined>> | undefined): [string, T][] {
  return Object.entries(map ?? {}).filter(
    (entry): entry is [string, T] => entry[1] !== undefined && entry[1] !== null,
  );
}

/** The first circle among names that each lead to another; the names in order, or undefined. */
export function circle(start: string, next: (name: string) => string | undefined): string[] | undefined {
  const passed: string[] = [];
  for (let name: string | undefined = start; name !== undefined; name = next(name)) {
    if (name === start && passed.length > 0) return passed;
    if (passed.includes(name)) return undefined;
    passed.push(name);
  }
  return undefined;
}

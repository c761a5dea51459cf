/** Hops beyond which no route is taken. */
const LONGEST_ROUTE = 4;

/** Whether assets can be swapped into each other over venues, given as their pairs. */
export function routesOver(
  pairs: readonly (readonly [string, string])[],
): (from: string, to: string) => boolean {
  const reached = new Map<string, Set<string>>();
  return (from, to) => {
    const found = reached.get(from) ?? reach(pairs, from);
    reached.set(from, found);
    return found.has(to);
  };
}

function reach(pairs: readonly (readonly [string, string])[], from: string): Set<string> {
  const found = new Set([from]);
  for (let hop = 0; hop < LONGEST_ROUTE; hop++) {
    const before = [...found];
    for (const [a, b] of pairs) {
      if (before.includes(a)) found.add(b);
      if (before.includes(b)) found.add(a);
    }
  }
  return found;
}

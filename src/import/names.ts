/** What the language takes for a name: `WETH`, `1INCH`, `USDC.e`. */
const NAME = /^[0-9]*[A-Za-z][A-Za-z0-9._-]*$/;

/** A token's symbol as an asset's name; what a name cannot have is left out, and a second one of a name, in any case, is numbered. */
export function assetName(symbol: string, taken: ReadonlySet<string>): string {
  const plain = symbol
    .replace(/[₮]/g, "T")
    .replace(/[^A-Za-z0-9._-]/g, "")
    .replace(/^[._-]+/, "");
  return distinct(NAME.test(plain) ? plain : `token${plain}`, taken);
}

/** Words as a name: `ETH correlated` is `eth-correlated`. */
export function kebabName(words: string, taken: ReadonlySet<string>, otherwise: string): string {
  const plain = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return distinct(/^[a-z]/.test(plain) ? plain : otherwise, taken);
}

function distinct(name: string, taken: ReadonlySet<string>): string {
  const used = new Set([...taken].map((each) => each.toLowerCase()));
  let free = name;
  for (let number = 2; used.has(free.toLowerCase()); number++) free = `${name}-${number}`;
  return free;
}

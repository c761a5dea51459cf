interface Named {
  readonly address?: string;
}

/**
 * How data files name assets: by symbol or address, in any case. Where two assets differ only in case,
 * only the exact symbol is taken.
 * @returns the asset's name in the risk file, or undefined when it has none of that name
 */
export function assetLookup(assets: Readonly<Record<string, Named>>): (text: string) => string | undefined {
  const byText = new Map<string, string | undefined>();
  for (const [name, { address }] of Object.entries(assets)) {
    for (const key of address ? [name, address] : [name]) {
      const lower = key.toLowerCase();
      byText.set(lower, byText.has(lower) ? undefined : name);
    }
  }
  return (text) => (Object.hasOwn(assets, text) ? text : byText.get(text.toLowerCase()));
}

import library from "./library.json";

/** A historical event: what is known of it, as multiples of the start. What is not known is not there. */
export interface Crisis {
  readonly title: string;
  readonly window: string;
  readonly hours: number;
  /** By the event's name of an asset. */
  readonly prices: Readonly<Record<string, AssetPath>>;
  /** Of oracles that went their own way, by asset. */
  readonly oracles?: Readonly<Record<string, AssetPath>>;
  /** Share of the venues' depth. */
  readonly depth?: readonly Anchor[];
  /** Multiple of the gas price. */
  readonly gas?: readonly Anchor[];
  readonly source: string;
}

export interface AssetPath {
  /** The asset that it is a price in; absent: dollars. */
  readonly in?: string;
  /** Whether the anchors are closes, or run from a high to a low. */
  readonly convention: "close" | "high-low";
  readonly anchors: readonly Anchor[];
}

export type Anchor = readonly [hours: number, multiple: number];

export type CrisisName = keyof typeof library;

export const CRISES = library as unknown as Readonly<Record<CrisisName, Crisis>>;

/** What files call an event's assets beside the event's own name of them. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  ETH: ["WETH"],
  BTC: ["WBTC", "cbBTC", "tBTC"],
  stETH: ["wstETH"],
  wstETH: ["stETH"],
  LUNA: ["LUNC"],
  UST: ["USTC"],
};

/** The names of an event's asset, its own first. */
export function namesOf(asset: string): readonly string[] {
  return [asset, ...(ALSO[asset] ?? [])];
}

/** The assets that an event knows something of. */
export function assetsOf({ prices, oracles = {} }: Crisis): string[] {
  return [...new Set([...Object.keys(prices), ...Object.keys(oracles)])];
}

/**
 * The assets of a file that play an event's asset: those with one of its names, unless the file names another.
 * @param chosen the file's assets by the event's, in any of its names
 */
export function playersOf(
  asset: string,
  declared: readonly string[],
  chosen: Readonly<Record<string, string>> = {},
): string[] {
  const names = namesOf(asset);
  const own = Object.keys(chosen).filter((name) => names.includes(name));
  return own.length > 0 ? own.map((name) => chosen[name]) : declared.filter((name) => names.includes(name));
}

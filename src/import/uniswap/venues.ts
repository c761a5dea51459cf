import type { Hex } from "viem";
import { type Chain, requireCode } from "../chain";
import { kebabName } from "../names";
import { counted } from "../numbers";
import type { Surroundings } from "../surroundings";
import type { NewFile } from "../write-files";
import { type Pool, type PricedToken, readPools } from "./pools";
import { type PoolQuote, readQuotes } from "./quotes";
import { type TreePool, treeOf } from "./tree";

/** Venues for a risk file. */
export interface Venues {
  /** Lines of its `venues`; none where no pool is of use. */
  readonly lines: readonly string[];
  readonly data: readonly NewFile[];
  readonly notes: readonly string[];
}

export const NO_VENUES: Venues = { lines: [], data: [], notes: [] };

/** How far a pool's price may be from the oracles' to be a market for its tokens. */
const FAR = 0.05;

/** The depth of a file's assets on Uniswap v3. @throws ImportProblem, Cancelled */
export async function readVenues(
  chain: Chain,
  quoter: Hex,
  tokens: readonly PricedToken[],
  { progress }: Surroundings,
): Promise<Venues> {
  await requireCode(chain, quoter, "Give the address of Uniswap's QuoterV2 on this chain.");
  const pools = (await readPools(chain, quoter, tokens)).filter(({ depth }) => depth > 0);
  const quotes = new Map<Pool, readonly PoolQuote[]>();
  for (const [i, pool] of pools.entries()) {
    quotes.set(pool, await readQuotes(chain, quoter, pool));
    progress("Reading quotes: pools", i + 1, pools.length);
  }
  const markets = pools.filter((pool) => isMarket(quotes.get(pool)!));
  const taken = new Set<string>();
  const venues = treeOf(markets).map((place) => {
    const name = kebabName(`${place.traded.name} ${place.against.name}`, taken, `venue-${taken.size + 1}`);
    taken.add(name);
    const path = `data/uniswap-v3.${name}.quotes.csv`;
    return {
      line: venueLine(name, place, path),
      path,
      text: quotesText(quotes.get(place.pool)!, chain.time),
    };
  });
  const left = pools.length - markets.length;
  return {
    lines: venues.map(({ line }) => line),
    data: venues.map(({ path, text }) => ({ path, text })),
    notes: [
      `${counted(venues.length, "venue")} from ${counted(pools.length, "pool")} of Uniswap v3.`,
      ...(left > 0
        ? [`${counted(left, "pool")} left out: an empty side, or a price more than 5% off the oracles'.`]
        : []),
    ],
  };
}

function venueLine(name: string, { pool, traded, against }: TreePool, path: string): string {
  const pair = `[${traded.name}, ${against.name}]`;
  return `  ${name}: { pair: ${pair}, model: quotes, file: ${path} } # ${pool.address}, fee ${pool.fee / 1e4}%`;
}

/** Whether both directions are there and small swaps pay what the oracles say, within reason. */
function isMarket(quotes: readonly PoolQuote[]): boolean {
  const directions = new Map<string, PoolQuote>();
  for (const quote of quotes) if (!directions.has(quote.from.name)) directions.set(quote.from.name, quote);
  return directions.size === 2 && [...directions.values()].every((quote) => Math.abs(gainOf(quote)) <= FAR);
}

/** What comes out over what goes in, at the oracles' prices, above 1. */
function gainOf({ from, to, amountIn, amountOut }: PoolQuote): number {
  const worth = (units: bigint, { decimals, price }: PricedToken) => (Number(units) / 10 ** decimals) * price;
  return worth(amountOut, to) / worth(amountIn, from) - 1;
}

function quotesText(quotes: readonly PoolQuote[], time: number): string {
  const rows = quotes.map(({ from, to, amountIn, amountOut }) =>
    [from.name, to.name, amountIn, amountOut, time].join(","),
  );
  return `${["src,dst,in_amount,out_amount,timestamp", ...rows].join("\n")}\n`;
}

import type { FeedOracle, Oracle, Reserve } from "../model";

/** The oracles on one path: what protocols see, and reports that are still under way. */
export interface OracleStates {
  readonly oracles: readonly Oracle[];
  /** Price the protocol sees, by oracle. */
  readonly visible: Float64Array;
  readonly feeds: readonly FeedState[];
}

interface FeedState {
  readonly index: number;
  readonly oracle: FeedOracle;
  reported: number;
  reportedAt: number;
  /** Reports not yet visible, oldest first, from `head`. */
  prices: number[];
  times: number[];
  head: number;
}

export function oracleStates(oracles: readonly Oracle[]): OracleStates {
  const feeds = oracles.flatMap((oracle, index): FeedState[] =>
    oracle.kind === "feed"
      ? [{ index, oracle, reported: 0, reportedAt: 0, prices: [], times: [], head: 0 }]
      : [],
  );
  return { oracles, visible: new Float64Array(oracles.length), feeds };
}

/** At time 0 every feed has just reported the market price and everybody sees it. */
export function resetOracles(states: OracleStates, market: Float64Array): void {
  for (const feed of states.feeds) {
    feed.reported = quoted(feed.oracle, market);
    feed.reportedAt = 0;
    feed.prices.length = 0;
    feed.times.length = 0;
    feed.head = 0;
    states.visible[feed.index] = feed.reported;
  }
  applyRates(states);
}

/** Feeds report by deviation or heartbeat, and reports whose delay is over become visible. */
export function publish(states: OracleStates, market: Float64Array, now: number): void {
  for (const feed of states.feeds) {
    const price = quoted(feed.oracle, market);
    if (isDue(feed, price, now)) report(feed, price, now);
    while (feed.head < feed.times.length && feed.times[feed.head] <= now) {
      states.visible[feed.index] = feed.prices[feed.head++];
    }
    if (feed.head === feed.times.length) clearQueue(feed);
  }
  applyRates(states);
}

/** What a market reads for one of its reserves. */
export function priceOf({ visible }: OracleStates, { oracle }: Reserve): number {
  return oracle < 0 ? 1 : visible[oracle];
}

/** The next time after which a report becomes visible; Infinity when none is under way. */
export function nextVisible(states: OracleStates): number {
  let next = Number.POSITIVE_INFINITY;
  for (const feed of states.feeds) {
    if (feed.head < feed.times.length) next = Math.min(next, feed.times[feed.head]);
  }
  return next;
}

/** Seconds from a report to the moment this oracle shows it. */
export function delayOf(oracles: readonly Oracle[], index: number): number {
  if (index < 0) return 0;
  const oracle = oracles[index];
  return oracle.kind === "feed" ? oracle.delay : delayOf(oracles, oracle.base);
}

function quoted({ asset, quote }: FeedOracle, market: Float64Array): number {
  return quote === undefined ? market[asset] : market[asset] / market[quote];
}

function isDue(feed: FeedState, price: number, now: number): boolean {
  const { deviation, heartbeat } = feed.oracle;
  if (deviation === Number.POSITIVE_INFINITY && heartbeat === Number.POSITIVE_INFINITY)
    return price !== feed.reported;
  if (now - feed.reportedAt >= heartbeat) return true;
  return Math.abs(price / feed.reported - 1) >= deviation && price !== feed.reported;
}

/** Repeating a price changes nothing that anybody sees: only the heartbeat starts again. */
function report(feed: FeedState, price: number, now: number): void {
  feed.reportedAt = now;
  if (price === feed.reported) return;
  feed.reported = price;
  feed.prices.push(price);
  feed.times.push(now + feed.oracle.delay);
}

function clearQueue(feed: FeedState): void {
  feed.prices.length = 0;
  feed.times.length = 0;
  feed.head = 0;
}

/** Rates follow their base at once; a base comes before what is built on it, however often we look. */
function applyRates({ oracles, visible }: OracleStates): void {
  for (let i = 0; i < oracles.length; i++) visible[i] = seen(oracles, visible, i);
}

function seen(oracles: readonly Oracle[], visible: Float64Array, index: number): number {
  const oracle = oracles[index];
  return oracle.kind === "feed" ? visible[index] : oracle.rate * seen(oracles, visible, oracle.base);
}

import type { FeedOracle, Oracle, Reserve } from "../model";

/** The oracles on one path: what protocols see, and reports that are still under way. */
export interface OracleStates {
  readonly oracles: readonly Oracle[];
  /** Price the protocol sees, by oracle. */
  readonly visible: Float64Array;
  /** By oracle: the multiple of the price it would report that it reports, and whether that is its price at the start. */
  readonly error: Float64Array;
  readonly frozen: Uint8Array;
  readonly opening: Float64Array;
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
  const visible = new Float64Array(oracles.length);
  const error = new Float64Array(oracles.length);
  const frozen = new Uint8Array(oracles.length);
  return { oracles, visible, error, frozen, opening: new Float64Array(oracles.length), feeds };
}

/** At time 0 every feed has just reported the market price and everybody sees it; no oracle is wrong yet. */
export function resetOracles(states: OracleStates, market: Float64Array): void {
  states.error.fill(1);
  states.frozen.fill(0);
  for (const feed of states.feeds) {
    feed.reported = quoted(feed.oracle, market);
    feed.reportedAt = 0;
    feed.prices.length = 0;
    feed.times.length = 0;
    feed.head = 0;
    states.visible[feed.index] = feed.reported;
  }
  applyRates(states);
  states.opening.set(states.visible);
}

/** From now on an oracle reports a multiple of the market's price, or of its own at the start. Feeds do so as they report anything. */
export function setError(states: OracleStates, oracle: number, multiple: number, frozen: boolean): void {
  states.error[oracle] = multiple;
  states.frozen[oracle] = frozen ? 1 : 0;
}

/** Feeds report by deviation or heartbeat, and reports whose delay is over become visible. */
export function publish(states: OracleStates, market: Float64Array, now: number): void {
  for (const feed of states.feeds) {
    const price = withError(states, feed.index, quoted(feed.oracle, market));
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

function withError({ error, frozen, opening }: OracleStates, index: number, price: number): number {
  return (frozen[index] === 1 ? opening[index] : price) * error[index];
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
function applyRates(states: OracleStates): void {
  for (let i = 0; i < states.oracles.length; i++) states.visible[i] = seen(states, i);
}

function seen(states: OracleStates, index: number): number {
  const oracle = states.oracles[index];
  if (oracle.kind === "feed") return states.visible[index];
  return withError(states, index, oracle.rate * seen(states, oracle.base));
}

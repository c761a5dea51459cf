import { type BatchFill, fillBatch } from "../venues/batch";
import { connectedRoutes, type Route } from "../venues/routes";
import { type Desk, type Order, pays } from "./orders";

/** Orders that go through together, with what they were filled at. */
export interface Cleared {
  readonly orders: readonly Order[];
  /** Debt units that each order received. */
  readonly out: Float64Array;
  readonly batch: BatchFill;
}

/** Orders by rank, those on the same route summed up: they share its average price. */
interface Ranking {
  readonly orders: readonly Order[];
  readonly routes: readonly Route[];
  /** Index of each order's route. */
  readonly routeOf: Int32Array;
}

/**
 * Ranks orders by their slack, ties in canonical order, and lets the largest prefix through whose every order still
 * pays at the batch's price. Depth is scarce: who earns most per unit is served first. Orders that share no venue,
 * also not through others, do not compete and are cleared apart.
 */
export function clear(desk: Desk, orders: readonly Order[]): Cleared[] {
  return apart(orders).flatMap((group) => largestPrefix(desk, rank(group)) ?? []);
}

/** Orders come in canonical order and the sort is stable: that settles ties. */
function rank(orders: readonly Order[]): Ranking {
  const ranked = [...orders].sort((a, b) => b.slack - a.slack);
  const routes = [...new Set(ranked.map((order) => order.route))];
  return { orders: ranked, routes, routeOf: Int32Array.from(ranked, (order) => routes.indexOf(order.route)) };
}

/** Looks down from the top in growing strides, then up again by halves. */
function largestPrefix(desk: Desk, ranking: Ranking): Cleared | undefined {
  const { length } = ranking.orders;
  let failing = length + 1;
  let best: Cleared | undefined;
  for (let stride = 0; best === undefined && failing > 1; stride = stride === 0 ? 1 : 2 * stride) {
    const count = Math.max(1, length - stride);
    best = attempt(desk, ranking, count);
    if (best === undefined) failing = count;
  }
  while (best && failing - best.orders.length > 1) {
    const middle = (best.orders.length + failing) >> 1;
    const cleared = attempt(desk, ranking, middle);
    if (cleared) best = cleared;
    else failing = middle;
  }
  return best;
}

/** The first `count` orders as one batch; undefined when some venue runs out or some order no longer pays. */
function attempt(desk: Desk, { orders, routes, routeOf }: Ranking, count: number): Cleared | undefined {
  const amounts = new Float64Array(routes.length);
  for (let i = 0; i < count; i++) amounts[routeOf[i]] += saleOf(orders[i]);
  const flows = routes.map((route, i) => ({ route, amount: amounts[i] }));
  const batch = fillBatch(desk.venues, flows, desk.market.length);
  if (!batch.filled) return undefined;
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const route = routeOf[i];
    out[i] = saleOf(orders[i]) * (batch.out[route] / amounts[route]);
    const profit = (out[i] - orders[i].repay) * desk.market[orders[i].debtAsset];
    if (!pays(profit, orders[i].liquidator, desk)) return undefined;
  }
  return { orders: orders.slice(0, count), out, batch };
}

/** Groups of orders whose routes are connected by venues, in order of their first order. */
function apart(orders: readonly Order[]): Order[][] {
  const routes = [...new Set(orders.map((order) => order.route))];
  if (routes.length < 2) return [[...orders]];
  const labels = connectedRoutes(routes);
  const labelOf = new Map(routes.map((route, i) => [route, labels[i]]));
  const groups = new Map<number | undefined, Order[]>();
  for (const order of orders) {
    const label = labelOf.get(order.route);
    const group = groups.get(label);
    if (group) group.push(order);
    else groups.set(label, [order]);
  }
  return [...groups.values()];
}

/** Collateral units sold: what the treasury takes is not. */
function saleOf(order: Order): number {
  return order.seized - order.fee;
}

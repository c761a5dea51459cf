import type { Account } from "../book/account";
import type { Lot } from "../markets/house";
import type { Offer, Pair, Seizure } from "../markets/rule-set";
import type { Liquidator, Model } from "../model";
import { quoteRoute, spotRate } from "../venues/quote";
import { type Route, routesBetween } from "../venues/routes";
import type { VenueState } from "../venues/venue-state";

/** One liquidation that a liquidator has decided on at the round's prices. Amounts in units. */
export interface Order {
  readonly market: number;
  readonly account: number;
  readonly pair: Pair;
  readonly liquidator: Liquidator;
  readonly repay: number;
  readonly seized: number;
  readonly fee: number;
  readonly route: Route;
  readonly collateralAsset: number;
  readonly debtAsset: number;
  /** Debt units the sale was quoted at, on its own. */
  readonly quoted: number;
  /** Profit at the quote, in the numeraire, net of gas. */
  readonly profit: number;
  /**
   * How far the route's rate may fall before the group's minimum is no longer earned, as a share: the profit per
   * unit of capital that is left after fixed costs. What fills the batch at any rate is the orders above some slack.
   */
  readonly slack: number;
  /** What it is bought of, where the protocol sells itself. */
  readonly lot?: Lot;
  /** The sale was made smaller because its venues run out. */
  readonly cut: boolean;
}

/** What liquidators look at in a round. */
export interface Desk {
  readonly model: Model;
  readonly venues: readonly VenueState[];
  readonly market: Float64Array;
  /** Multiple of the groups' gas prices. */
  readonly gas: number;
  readonly routes: (from: number, to: number) => readonly Route[];
  /** Best spot rate of any route by pair of assets, kept for the round. */
  readonly bestRates: Map<number, number>;
  /** Groups free to act, in order of name. */
  readonly groups: readonly Liquidator[];
}

/** Routes are worked out when first asked for. */
export function routeTable(model: Model): (from: number, to: number) => readonly Route[] {
  const known = new Map<number, readonly Route[]>();
  return (from, to) => {
    const key = from * model.assets.length + to;
    const routes = known.get(key) ?? routesBetween(model.venues, from, to);
    known.set(key, routes);
    return routes;
  };
}

/** The most profitable liquidation of an account that some group would do; undefined when none pays. */
export function bestOrder(desk: Desk, rules: Offer, account: Account): Order | undefined {
  const { book, lending } = account.layout.market;
  let best: Order | undefined;
  for (let collateral = book.first[account.index]; collateral < book.first[account.index + 1]; collateral++) {
    if (book.side[collateral] === 1 || account.amount[collateral] === 0) continue;
    for (let debt = collateral + 1; debt < book.first[account.index + 1]; debt++) {
      if (book.side[debt] === 0 || account.amount[debt] === 0) continue;
      const assets = {
        from: lending.reserves[book.reserve[collateral]].asset,
        to: lending.reserves[book.reserve[debt]].asset,
      };
      const order = orderFor(desk, rules, account, { collateral, debt }, assets);
      if (order && (best === undefined || order.profit > best.profit)) best = order;
    }
  }
  return best;
}

const seizure: Seizure = { seized: 0, fee: 0 };

function orderFor(
  desk: Desk,
  rules: Offer,
  account: Account,
  pair: Pair,
  assets: { from: number; to: number },
): Order | undefined {
  const most = rules.allowedRepay(account, pair, rules.maxRepay(account, pair));
  if (most <= 0) return undefined;
  rules.seize(account, pair, most, seizure);
  const atSpot = (seizure.seized - seizure.fee) * bestRate(desk, assets.from, assets.to) - most;
  if (!cheapestGroup(desk, atSpot * desk.market[assets.to])) return undefined;
  const sale = findSale(desk, rules, account, pair, assets, most);
  const profit = (sale.quoted - sale.repay) * desk.market[assets.to];
  const liquidator = cheapestGroup(desk, profit);
  if (!liquidator) return undefined;
  rules.seize(account, pair, sale.repay, seizure);
  const fixed = (gasCost(liquidator, desk) + liquidator.minProfit) / desk.market[assets.to];
  const atSpotRate = (seizure.seized - seizure.fee) * spotRate(desk.venues, sale.route);
  return {
    market: account.layout.index,
    account: account.index,
    pair,
    liquidator,
    repay: sale.repay,
    seized: seizure.seized,
    fee: seizure.fee,
    route: sale.route,
    collateralAsset: assets.from,
    debtAsset: assets.to,
    quoted: sale.quoted,
    profit: profit - gasCost(liquidator, desk),
    slack: 1 - (sale.repay + fixed) / atSpotRate,
    cut: sale.cut,
  };
}

/** An upper bound of what one unit can be sold for: rules out at once what cannot pay. */
function bestRate(desk: Desk, from: number, to: number): number {
  const key = from * desk.model.assets.length + to;
  const known = desk.bestRates.get(key);
  if (known !== undefined) return known;
  const rate = desk.routes(from, to).reduce((best, route) => Math.max(best, spotRate(desk.venues, route)), 0);
  desk.bestRates.set(key, rate);
  return rate;
}

interface Sale {
  readonly repay: number;
  /** Share of the collateral that finds depth. */
  readonly filled: number;
  /** 0 unless all of it does: a flash loan needs an atomic exit. */
  readonly quoted: number;
  readonly route: Route;
  readonly cut: boolean;
}

/** The route and size that earn most. There is a route, or no rate would have been found. */
function findSale(
  desk: Desk,
  rules: Offer,
  account: Account,
  pair: Pair,
  assets: { from: number; to: number },
  most: number,
): Sale {
  const sales = desk.routes(assets.from, assets.to).map((route) => {
    const saleOf = (wanted: number): Sale => {
      const repay = rules.allowedRepay(account, pair, wanted);
      rules.seize(account, pair, repay, seizure);
      const { out, filled } = quoteRoute(desk.venues, route, seizure.seized - seizure.fee);
      return { repay, filled, quoted: filled < 1 ? 0 : out, route, cut: false };
    };
    return bestSize(saleOf, most);
  });
  return sales.reduce((best, sale) => (earns(sale) > earns(best) ? sale : best));
}

/** The most that is allowed unless a smaller sale, with less slippage, earns more. */
function bestSize(saleOf: (repay: number) => Sale, most: number): Sale {
  const whole = saleOf(most);
  const cut = whole.filled < 1;
  const largest = cut ? shrinkToFill(saleOf, whole) : whole;
  const smaller = saleOf(largest.repay * (1 - STEP));
  const best = earns(largest) >= earns(smaller) ? largest : goldenSection(saleOf, largest.repay);
  return cut ? { ...best, cut } : best;
}

/** Makes a sale smaller until its venues take it whole: at once for one venue, in a few attempts for several. */
function shrinkToFill(saleOf: (repay: number) => Sale, sale: Sale): Sale {
  let smaller = sale;
  for (let attempt = 0; attempt < 5 && smaller.filled < 1; attempt++) {
    smaller = saleOf(smaller.repay * smaller.filled * (1 - 1e-9));
  }
  return smaller;
}

/** Size differences below this share do not matter. */
const STEP = 1e-3;

function earns(sale: Sale): number {
  return sale.repay > 0 ? sale.quoted - sale.repay : 0;
}

/** Of the most that is allowed, a share that is nobody's best size: what no smaller sale earns with either, nothing does. */
const SMALLEST = 1e-9;

/** Maximum of the profit, which rises and then falls with the size, to a share of `STEP` of that size. */
function goldenSection(saleOf: (repay: number) => Sale, most: number): Sale {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = 0;
  let high = most;
  let left = saleOf(high - ratio * (high - low));
  let right = saleOf(low + ratio * (high - low));
  while (high - low > STEP * high && high > SMALLEST * most) {
    if (earns(left) >= earns(right)) {
      high = low + ratio * (high - low);
      right = left;
      left = saleOf(high - ratio * (high - low));
    } else {
      low = high - ratio * (high - low);
      left = right;
      right = saleOf(low + ratio * (high - low));
    }
  }
  return earns(left) >= earns(right) ? left : right;
}

/** The group whose gas leaves most of a profit, if that reaches its minimum. */
function cheapestGroup(desk: Desk, profit: number): Liquidator | undefined {
  let best: Liquidator | undefined;
  for (const group of desk.groups) {
    if (!pays(profit, group, desk)) continue;
    if (best === undefined || gasCost(group, desk) < gasCost(best, desk)) best = group;
  }
  return best;
}

/** Who calls a protocol for a reward, in the numeraire: the group whose gas is least, if it is covered. */
export function keeperFor(desk: Desk, reward: number): Liquidator | undefined {
  const [first, ...others] = desk.groups;
  const cheapest = others.reduce(
    (best, group) => (gasCost(group, desk) < gasCost(best, desk) ? group : best),
    first,
  );
  return reward >= gasCost(cheapest, desk) ? cheapest : undefined;
}

/** Whether a profit before gas is one, and reaches the group's minimum after gas. */
export function pays(profit: number, group: Liquidator, fees: Fees): boolean {
  const net = profit - gasCost(group, fees);
  return net > 0 && net >= group.minProfit;
}

/** What gas costs depends on: market prices and the multiple of the groups' gas prices. */
type Fees = Pick<Desk, "market" | "gas">;

/** Units of the gas asset. */
export function gasUsed(group: Liquidator, gas: number): number {
  return group.gasAsset < 0 ? 0 : group.gasUnits * group.gasPrice * gas;
}

/** In the numeraire. */
export function gasCost(group: Liquidator, { market, gas }: Fees): number {
  return group.gasAsset < 0 ? 0 : gasUsed(group, gas) * market[group.gasAsset];
}

import { type Standing, wealthOf } from "../book/account";
import { slotCount } from "../book/layout";
import { type Units, unitsOf } from "../book/units";
import type { Model } from "../model";
import type { AssetSamples, MarketSamples, ReserveFlows, Samples } from "../samples";
import { liquidatable, type MarketWorld, type World } from "./world";

/** Empty columns for `count` paths. */
export function emptySamples(model: Model, first: number, count: number): Samples {
  const column = (): Float64Array => new Float64Array(count);
  const columns = (n: number): Float64Array[] => Array.from({ length: n }, column);
  return {
    first,
    count,
    rounds: column(),
    flags: new Uint8Array(count),
    assets: model.assets.map(
      (): AssetSamples => ({
        lowest: column(),
        highest: column(),
        exogenousLowest: column(),
        exogenousHighest: column(),
        venueIn: column(),
        venueOut: column(),
        liquidatorHeld: column(),
        gas: column(),
      }),
    ),
    markets: model.markets.map(
      (market): MarketSamples => ({
        badDebt: column(),
        liquidatedAccounts: column(),
        liquidatableAccounts: column(),
        shortfall: column(),
        stalledDebt: column(),
        liquidatorGap: column(),
        liquidatorProfit: column(),
        liquidatedValue: columns(market.lending.reserves.length),
        badDebtBy: columns(slotCount(market)),
        liquidatedBy: columns(slotCount(market)),
        flows: market.lending.reserves.map(
          (): ReserveFlows => ({
            collateralStart: column(),
            collateralEnd: column(),
            debtStart: column(),
            debtEnd: column(),
            collateralInterest: column(),
            debtInterest: column(),
            seized: column(),
            fee: column(),
            repaid: column(),
            writtenOff: column(),
            absorbed: column(),
            bought: column(),
            unsold: column(),
            handedBack: column(),
            rewards: column(),
          }),
        ),
      }),
    ),
  };
}

/** What every path starts from: worked out once a run. */
export interface Opening {
  /** Bad debt by slot that is there before anything happens. */
  readonly badDebt: readonly Float64Array[];
}

/** The world must be freshly reset. */
export function openingOf(world: World): Opening {
  for (const market of world.markets) market.openingSlot.set(largestCollateral(market));
  return { badDebt: world.markets.map(openBadDebt) };
}

/** Follows the extremes of prices; call after every step. */
export function recordPrices(world: World, samples: Samples, path: number, isFirst: boolean): void {
  samples.assets.forEach((asset, i) => {
    const market = world.prices.market[i];
    const exogenous = world.prices.exogenous[i];
    asset.lowest[path] = isFirst ? market : Math.min(asset.lowest[path], market);
    asset.highest[path] = isFirst ? market : Math.max(asset.highest[path], market);
    asset.exogenousLowest[path] = isFirst ? exogenous : Math.min(asset.exogenousLowest[path], exogenous);
    asset.exogenousHighest[path] = isFirst ? exogenous : Math.max(asset.exogenousHighest[path], exogenous);
  });
}

/** Records the end of a path. */
export function recordPath(world: World, opening: Opening, samples: Samples, path: number): void {
  samples.flags[path] = world.flags;
  samples.assets.forEach((asset, i) => {
    asset.venueIn[path] = world.ledger.venueIn[i];
    asset.venueOut[path] = world.ledger.venueOut[i];
    asset.liquidatorHeld[path] = world.ledger.liquidatorHeld[i];
    asset.gas[path] = world.ledger.gas[i];
  });
  world.markets.forEach((market, i) => {
    recordMarket(world, market, i, opening, samples.markets[i], path);
  });
}

function recordMarket(
  world: World,
  market: MarketWorld,
  index: number,
  opening: Opening,
  samples: MarketSamples,
  path: number,
): void {
  const ledger = world.ledger.markets[index];
  const badDebt = badDebtNow(world, index, opening);
  samples.badDebt[path] = sum(badDebt);
  samples.liquidatedAccounts[path] = ledger.liquidatedAccounts;
  samples.liquidatableAccounts[path] = ledger.liquidatableAccounts;
  samples.shortfall[path] = ledger.shortfall;
  samples.stalledDebt[path] = debtUnderWater(market) * market.unitPrice;
  samples.liquidatorGap[path] = ledger.gap;
  samples.liquidatorProfit[path] = ledger.profit;
  ledger.liquidatedValue.forEach((value, i) => {
    samples.liquidatedValue[i][path] = value;
  });
  badDebt.forEach((value, slot) => {
    samples.badDebtBy[slot][path] = value;
    samples.liquidatedBy[slot][path] = ledger.liquidatedBy[slot];
  });
  const end = unitsNow(market);
  samples.flows.forEach((flows, i) => {
    flows.collateralStart[path] = market.opening.collateral[i];
    flows.collateralEnd[path] = end.collateral[i];
    flows.debtStart[path] = market.opening.debt[i];
    flows.debtEnd[path] = end.debt[i];
    flows.collateralInterest[path] = ledger.collateralInterest[i];
    flows.debtInterest[path] = ledger.debtInterest[i];
    flows.seized[path] = ledger.seized[i];
    flows.fee[path] = ledger.fee[i];
    flows.repaid[path] = ledger.repaid[i];
    flows.writtenOff[path] = ledger.writtenOff[i];
    flows.absorbed[path] = ledger.absorbed[i];
    flows.bought[path] = ledger.bought[i];
    flows.unsold[path] = market.house?.unsold(i) ?? 0;
    flows.handedBack[path] = market.house?.handedBack(i) ?? 0;
    flows.rewards[path] = ledger.rewards[i];
  });
}

/** By slot, at market prices: what accounts owe beyond their collateral and what was written off, less the opening's. */
export function badDebtNow(world: World, index: number, opening: Opening): Float64Array {
  const bySlot = openBadDebt(world.markets[index]);
  const { house, marketPrice } = world.markets[index];
  const { realised } = world.ledger.markets[index];
  return bySlot.map((value, slot) => {
    const lost = house?.loss(marketPrice, slot) ?? 0;
    return value + realised[slot] + lost - opening.badDebt[index][slot];
  });
}

/** What counts as nobody: close factors below 100% leave ever smaller debts. */
const NOBODY = 0.01;

/** Whether next to nobody in a market where somebody owed is left who owes and is not under water. */
export function isExhausted(world: World): boolean {
  return world.markets.some((market) => {
    const before = valueAt(market.opening.debt, market.oraclePrice);
    const now = valueAt(unitsNow(market).debt, market.oraclePrice);
    return before > 0 && now - debtUnderWater(market) <= NOBODY * before;
  });
}

function valueAt(units: Float64Array, price: Float64Array): number {
  return units.reduce((total, amount, reserve) => total + amount * price[reserve], 0);
}

const wealth = { collateral: 0, debt: 0 };

/** Who owes more than the collateral is under water at market prices too: only those are asked. */
function openBadDebt(market: MarketWorld): Float64Array {
  const bySlot = new Float64Array(slotCount(market.layout.market));
  const { account, book, marketPrice } = market;
  for (const index of book.underWater(marketPrice)) {
    account.index = index;
    wealthOf(account, marketPrice, wealth);
    const missing = wealth.debt - wealth.collateral;
    if (missing > 0) bySlot[Math.max(0, market.openingSlot[index])] += missing;
  }
  return bySlot;
}

const standing: Standing = { capacity: 0, debt: 0 };

/** In the market's unit, at oracle prices. */
export function debtUnderWater(market: MarketWorld): number {
  let debt = 0;
  for (const account of liquidatable(market)) {
    market.account.index = account;
    debt += market.rules.standing(market.account, standing).debt;
  }
  return debt;
}

function largestCollateral({ layout, book, marketPrice }: MarketWorld): Int32Array {
  const { first, reserve, side, accounts } = layout.market.book;
  return Int32Array.from(accounts, (_, account) => {
    let slot = -1;
    let most = 0;
    for (let leg = first[account]; leg < first[account + 1]; leg++) {
      const value = book.amount[leg] * marketPrice[reserve[leg]];
      if (side[leg] === 1 || value <= most) continue;
      most = value;
      slot = layout.slot[leg];
    }
    return slot;
  });
}

function unitsNow({ layout, book }: MarketWorld): Units {
  book.bringAllUpToDate();
  return unitsOf(layout.market, book.amount);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

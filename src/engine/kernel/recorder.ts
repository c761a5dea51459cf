import type { Standing } from "../book/account";
import { slotCount } from "../book/layout";
import { type Units, unitsOf } from "../book/units";
import type { Model } from "../model";
import type { AssetSamples, MarketSamples, ReserveFlows, Samples } from "../samples";
import { coverOf, uncoveredOf } from "./backstops";
import { type BadDebt, badDebtNow, openBadDebt } from "./bad-debt";
import type { MarketLedger } from "./ledger";
import { recordVaults } from "./vaults";
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
    backstops: columns(model.backstops.length),
    withdrawable: column(),
    vaults: model.vaults.map(({ allocations }) => ({
      idle: column(),
      loss: columns(allocations.length),
      withdrawable: columns(allocations.length),
    })),
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
        uncovered: column(),
        uncoveredOf: columns(market.lending.reserves.length),
        coveredOf: columns(market.lending.reserves.length),
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
            covered: column(),
            coveredBySurplus: column(),
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
  /** By market, what is there before anything happens. */
  readonly badDebt: readonly BadDebt[];
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
  const badDebt = world.markets.map((_, i) => badDebtNow(world, i, opening.badDebt[i]));
  world.markets.forEach((market, i) => {
    recordMarket(world, market, i, badDebt[i], samples.markets[i], path);
  });
  recordCover(world, badDebt, samples, path);
  recordVaults(world, samples, path);
}

/** What is there for bad debt at the horizon, where a market says what was there at the start: units by reserve owed. */
function surplusOf({ house, layout }: MarketWorld, { rewards }: MarketLedger): Float64Array {
  const { surplus, reserves } = layout.market.lending;
  const left = new Float64Array(reserves.length);
  if (house && surplus !== undefined)
    left[house.owed] = surplus + (house.earned?.() ?? 0) - rewards[house.owed];
  return left;
}

/** What the surplus and backstops pay of the bad debt, and what they leave. */
function recordCover(world: World, badDebt: readonly BadDebt[], samples: Samples, path: number): void {
  const surplus = world.markets.map((market, i) => surplusOf(market, world.ledger.markets[i]));
  const { used, paid, bySurplus } = coverOf(world.model, world.prices.market, badDebt, surplus);
  used.forEach((units, i) => {
    samples.backstops[i][path] = units;
  });
  samples.markets.forEach((market, index) => {
    const { marketPrice } = world.markets[index];
    const uncovered = uncoveredOf(badDebt[index], paid[index]);
    const isPaid = paid[index].some((units) => units > 0);
    market.uncovered[path] = isPaid ? sum(uncovered) : market.badDebt[path];
    market.flows.forEach((flows, reserve) => {
      market.uncoveredOf[reserve][path] = uncovered[reserve];
      const byBackstops = paid[index][reserve] - bySurplus[index][reserve];
      market.coveredOf[reserve][path] = byBackstops * marketPrice[reserve];
      flows.covered[path] = byBackstops;
      flows.coveredBySurplus[path] = bySurplus[index][reserve];
    });
  });
}

function recordMarket(
  world: World,
  market: MarketWorld,
  index: number,
  { bySlot }: BadDebt,
  samples: MarketSamples,
  path: number,
): void {
  const ledger = world.ledger.markets[index];
  samples.badDebt[path] = sum(bySlot);
  samples.liquidatedAccounts[path] = ledger.liquidatedAccounts;
  samples.liquidatableAccounts[path] = ledger.liquidatableAccounts;
  samples.shortfall[path] = ledger.shortfall;
  samples.stalledDebt[path] = debtUnderWater(market) * market.unitPrice;
  samples.liquidatorGap[path] = ledger.gap;
  samples.liquidatorProfit[path] = ledger.profit;
  ledger.liquidatedValue.forEach((value, i) => {
    samples.liquidatedValue[i][path] = value;
  });
  bySlot.forEach((value, slot) => {
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

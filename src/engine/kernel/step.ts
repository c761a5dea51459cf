import type { Dynamics } from "../dynamics/dynamics";
import { nextVisible, publish } from "../oracles/oracle-state";
import { Flag } from "../samples";
import { recoverVenue } from "../venues/venue-state";
import { accrueInterest } from "./accrual";
import { liquidationRound, lookAround } from "./round";
import { refreshOraclePrices, refreshPrices, type World } from "./world";

/** What the steps of a path tell beside the ledger. */
export interface StepReport {
  rounds: number;
  /** Some round reached accounts that only the sales had put under water. */
  endogenous: boolean;
}

/** More rounds than any cascade with a floor needs in one step. */
const ROUND_LIMIT = 1000;
/** A round that moves no price and repays no debt by more than this share ends the step: what is left is rounding. */
const TOLERANCE = 1e-12;

/**
 * One step: prices move, interest accrues, venues recover, then oracles publish and liquidators act until nobody does or the time of
 * the step is used up. A round costs its group the longest of a block, the delay of the oracles its markets
 * read and its reaction; after it, the others look again a block later.
 */
export function runStep(world: World, dynamics: Dynamics, step: number, seconds: number): StepReport {
  dynamics.move(step, world.prices.level);
  accrueInterest(world, seconds);
  for (const venue of world.venues) recoverVenue(venue, seconds);
  refreshPrices(world);
  const report: StepReport = { rounds: 0, endogenous: false };
  const end = world.time + seconds;
  for (let now = world.time; now < end; now = nextEvent(world, now)) {
    world.time = now;
    showPrices(world, now);
    act(world, now, end, report);
    if (report.rounds < ROUND_LIMIT) continue;
    world.flags |= Flag.roundLimit | (report.endogenous ? Flag.noFloor : 0);
    break;
  }
  world.time = end;
  showPrices(world, end);
  return report;
}

/** Lets the groups that are ready act, and sets when each may act again. */
function act(world: World, now: number, end: number, report: StepReport): void {
  const { liquidators, blockTime } = world.model;
  const groups = liquidators.filter((_, i) => world.ready[i] <= now);
  if (groups.length === 0) {
    lookAround(world);
    return;
  }
  const before = Float64Array.from(world.prices.market);
  const { acted, endogenous, repaidShare, called } = liquidationRound(world, groups);
  world.pending = acted.size > 0;
  report.endogenous ||= endogenous;
  if (called) world.lookAgain = now + blockTime;
  if (acted.size === 0) return;
  report.rounds++;
  refreshPrices(world);
  const moved = world.prices.market.some((price, i) => Math.abs(price / before[i] - 1) > TOLERANCE);
  const isOver = !moved && repaidShare <= TOLERANCE;
  liquidators.forEach((group, i) => {
    const delay = acted.get(group);
    const cost = delay === undefined ? blockTime : Math.max(blockTime, delay, group.reaction);
    world.ready[i] = Math.max(world.ready[i], isOver ? end : now + cost);
  });
}

function showPrices(world: World, now: number): void {
  publish(world.oracles, world.prices.market, now);
  refreshOraclePrices(world);
}

/**
 * The next time at which something can change within the step: a report becomes visible, a group is ready again, an
 * auction's price falls, or a protocol that was called may be called again.
 */
function nextEvent(world: World, now: number): number {
  let next = nextVisible(world.oracles);
  for (const ready of world.ready) if (ready > now) next = Math.min(next, ready);
  for (const { house } of world.markets) if (house) next = Math.min(next, house.nextChange(now));
  if (world.lookAgain > now) next = Math.min(next, world.lookAgain);
  return next;
}

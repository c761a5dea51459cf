import type { Account } from "../book/account";
import type { Layout } from "../book/layout";
import { pow } from "../math/pow";
import { sumOfIlk } from "./auctions";
import type { House, Lot, Reward, Taking } from "./house";
import { seizeAtBonus, worthInDebt } from "./pair-values";
import type { Offer } from "./rule-set";
import { shelfLeg, shelvesOf } from "./shelves";

/** What Maker's Dog and Clippers go by. Amounts are of what is owed. */
export interface MakerTerms {
  /** Most that all running auctions together may have to raise. */
  readonly hole: number;
  /** By reserve. */
  readonly ilks: readonly IlkTerms[];
}

/** One kind of collateral, in the contracts' own names. */
export interface IlkTerms {
  /** Collateral value over debt below which a vault is unsafe. */
  readonly mat: number;
  /** Penalty on the debt, the part above 100%. */
  readonly chop: number;
  readonly dust: number;
  readonly hole: number;
  /** Starting price over the oracle's. */
  readonly buf: number;
  /** Seconds, and share of the starting price, after which an auction has to be started again. */
  readonly tail: number;
  readonly cusp: number;
  /** What a keeper gets for starting an auction: a share of what it has to raise, and a fixed part. */
  readonly chip: number;
  readonly tip: number;
  readonly calc: PriceCurve;
}

/** How an auction's price falls; one of them. `cut` is what remains each step, or each second. */
export interface PriceCurve {
  readonly linear?: { readonly tau: number };
  readonly stairstep?: { readonly cut: number; readonly step: number };
  readonly exponential?: { readonly cut: number };
}

/** A running auction: its collateral leg is the contract's `lot`, its debt leg the `tab`. */
interface Auction extends Lot {
  readonly reserve: number;
  /** Debt without the penalty, and what buyers have paid so far. */
  readonly due: number;
  raised: number;
  /** Starting price and time. */
  top: number;
  tic: number;
}

/** All auctions of one market. */
interface Floor {
  readonly terms: MakerTerms;
  /** Reserve of what is owed. */
  readonly owed: number;
  readonly shelves: Layout;
  readonly sales: readonly Offer[];
  /** The oracle's, by reserve. */
  readonly price: Float64Array;
  readonly blockTime: number;
  /** In the order in which they began. */
  auctions: Auction[];
  /** By ilk: what its running auctions have to raise. */
  readonly dirt: Float64Array;
  /** By ilk: debt that ended auctions did not raise; collateral handed back. */
  readonly lost: Float64Array;
  readonly handedBack: Float64Array;
  /** Stability fees, and what ended auctions raised beyond the debt. */
  earned: number;
}

/**
 * Dog and Clipper of makerdao/dss. A keeper who calls is paid a reward; the vault's collateral is sold at a price that
 * falls with time from `buf` x the oracle's, in parts as buyers like, until `tab` is raised; what is left is the owner's.
 */
export function clipper(layout: Layout, price: Float64Array, blockTime: number): House {
  const terms = layout.market.lending.own as MakerTerms;
  const owed = terms.ilks.length;
  const floor: Floor = {
    terms,
    owed,
    shelves: shelvesOf(layout, owed),
    sales: terms.ilks.map(saleOf),
    price,
    blockTime,
    auctions: [],
    dirt: new Float64Array(owed),
    lost: new Float64Array(owed + 1),
    handedBack: new Float64Array(owed + 1),
    earned: 0,
  };
  const running = (now: number) => floor.auctions.filter((auction) => !isOver(floor, auction, now));
  return {
    owed,
    reset() {
      floor.auctions = [];
      floor.earned = 0;
      for (const column of [floor.dirt, floor.lost, floor.handedBack]) column.fill(0);
    },
    queue: (book, account) => byReward(floor, book.underWater(account.price), account),
    consider: (account) => consider(floor, account),
    take: (_book, account, taking, _slot, now) => kick(floor, account, taking.share, now),
    accrue(kept) {
      floor.earned += kept;
    },
    earned: () => floor.auctions.reduce((sum, auction) => sum + penaltyOf(auction), floor.earned),
    restarts: (now) =>
      floor.auctions
        .filter((auction) => isOver(floor, auction, now))
        .map((auction) => ({ reward: redoReward(floor, auction), run: () => start(floor, auction, now) })),
    lots(now) {
      const lots = running(now);
      for (const { account, top, tic, reserve } of lots)
        account.price[reserve] = priceAt(floor, reserve, top, now - tic);
      return lots;
    },
    sell(lot, seized, repay) {
      sell(floor, lot as Auction, seized, repay);
      return undefined;
    },
    nextChange: (now) =>
      running(now).reduce(
        (next, auction) => Math.min(next, nextFall(floor, auction, now)),
        Number.POSITIVE_INFINITY,
      ),
    unsold: (reserve) => sumOfIlk(floor.auctions, reserve, lotOf),
    handedBack: (reserve) => floor.handedBack[reserve],
    loss: (marketPrice, slot) =>
      sumOfIlk(
        floor.auctions,
        slot,
        (auction) => missing(floor, auction, marketPrice),
        floor.lost[slot] * marketPrice[owed],
      ),
  };
}

/** What a call earns most goes first where the hole is narrow; ties in canonical order. */
function byReward({ terms, owed }: Floor, hits: Int32Array, { layout, amount }: Account): Int32Array {
  const { first, reserve } = layout.market.book;
  const rewards = new Map(
    [...hits].map((account) => {
      const [ilk, art] = [terms.ilks[reserve[first[account]]], amount[first[account + 1] - 1]];
      return [account, ilk ? rewardOf(ilk, art * (1 + ilk.chop), 0, owed).paid : 0];
    }),
  );
  return Int32Array.from(hits).sort((a, b) => rewards.get(b)! - rewards.get(a)! || a - b);
}

/** Dog.bark: all of the vault, or as much as the holes have room for, unless dust would be left or sold. */
function consider({ terms, dirt, owed, price }: Floor, account: Account): Taking | undefined {
  const { first, reserve, side } = account.layout.market.book;
  const collateral = first[account.index];
  const ilk = terms.ilks[reserve[collateral]];
  if (side[collateral] === 1 || account.amount[collateral] === 0 || price[reserve[collateral]] === 0)
    return undefined;
  const art = account.amount[collateral + 1];
  const room = Math.min(terms.hole - dirt.reduce((a, b) => a + b, 0), ilk.hole - dirt[reserve[collateral]]);
  const most = room / (1 + ilk.chop);
  if (room <= 0) return undefined;
  const isPartial = art > most && art - most >= ilk.dust;
  if (isPartial && most < ilk.dust) return undefined;
  const share = isPartial ? most / art : 1;
  return { share, reward: rewardOf(ilk, share * art * (1 + ilk.chop), reserve[collateral], owed) };
}

function rewardOf({ tip, chip }: IlkTerms, tab: number, collateral: number, owed: number): Reward {
  return { paid: tip + chip * tab, owed, inKind: 0, collateral };
}

/** Clipper.kick. */
function kick(floor: Floor, { layout, index, amount }: Account, share: number, now: number): void {
  const { owed, shelves, sales, terms, dirt } = floor;
  const { first, reserve } = layout.market.book;
  const of = reserve[first[index]];
  const due = share * amount[first[index] + 1];
  const account: Account = {
    layout: shelves,
    index: of,
    amount: new Float64Array(shelves.market.book.amount.length),
    price: new Float64Array(owed + 1).fill(1),
  };
  account.amount[shelfLeg(of)] = share * amount[first[index]];
  account.amount[shelfLeg(of) + 1] = due * (1 + terms.ilks[of].chop);
  const auction: Auction = { account, offer: sales[of], reserve: of, due, raised: 0, top: 0, tic: 0 };
  dirt[of] += tabOf(auction);
  start(floor, auction, now);
  floor.auctions.push(auction);
}

function start({ terms, price }: Floor, auction: Auction, now: number): void {
  auction.top = price[auction.reserve] * terms.ilks[auction.reserve].buf;
  auction.tic = now;
}

function lotOf({ account, reserve }: Auction): number {
  return account.amount[shelfLeg(reserve)];
}

function tabOf({ account, reserve }: Auction): number {
  return account.amount[shelfLeg(reserve) + 1];
}

/** The least that an auction may be left to raise. */
function chostOf({ dust, chop }: IlkTerms): number {
  return dust * (1 + chop);
}

/** Clipper.take: a part of the lot, unless that leaves less to raise than is worth an auction. */
function saleOf(ilk: IlkTerms): Offer {
  const most: Offer["maxRepay"] = (lot, pair) => Math.min(lot.amount[pair.debt], worthInDebt(lot, pair, 0));
  return {
    maxRepay: most,
    allowedRepay(lot, pair, repay) {
      if (repay >= most(lot, pair)) return repay;
      return Math.max(0, Math.min(repay, lot.amount[pair.debt] - chostOf(ilk)));
    },
    seize: (lot, pair, repay, into) => seizeAtBonus(lot, pair, repay, into, 0),
  };
}

function sell(floor: Floor, auction: Auction, seized: number, repay: number): void {
  const { reserve } = auction;
  const lot = seized < lotOf(auction) ? lotOf(auction) - seized : 0;
  const tab = repay < tabOf(auction) ? tabOf(auction) - repay : 0;
  floor.dirt[reserve] -= lot === 0 ? tabOf(auction) : tabOf(auction) - tab;
  auction.account.amount[shelfLeg(reserve)] = lot;
  auction.account.amount[shelfLeg(reserve) + 1] = tab;
  auction.raised += repay;
  if (lot > 0 && tab > 0) return;
  floor.handedBack[reserve] += lot;
  floor.lost[reserve] += Math.max(0, auction.due - auction.raised);
  floor.earned += penaltyOf(auction);
  floor.auctions = floor.auctions.filter((other) => other !== auction);
}

/** What an auction has raised beyond the debt. */
function penaltyOf({ raised, due }: Auction): number {
  return Math.max(0, raised - due);
}

/** Debt that would not be raised if the rest were sold at market prices. */
function missing({ owed }: Floor, auction: Auction, marketPrice: Float64Array): number {
  const open = (auction.due - auction.raised) * marketPrice[owed];
  return Math.max(0, open - lotOf(auction) * marketPrice[auction.reserve]);
}

/** Clipper.redo: only an auction that is worth one is paid for again. */
function redoReward({ terms, price, owed }: Floor, auction: Auction): Reward {
  const { reserve } = auction;
  const ilk = terms.ilks[reserve];
  const chost = chostOf(ilk);
  const isWorth = tabOf(auction) >= chost && lotOf(auction) * price[reserve] >= chost;
  return isWorth
    ? rewardOf(ilk, tabOf(auction), reserve, owed)
    : { paid: 0, owed, inKind: 0, collateral: reserve };
}

function isOver(floor: Floor, { reserve, top, tic }: Auction, now: number): boolean {
  const { tail, cusp } = floor.terms.ilks[reserve];
  return now - tic > tail || priceAt(floor, reserve, top, now - tic) / top < cusp;
}

function priceAt({ terms }: Floor, reserve: number, top: number, elapsed: number): number {
  return auctionPrice(terms.ilks[reserve].calc, top, elapsed);
}

/** Steps and times are sums of doubles: a step this near is reached. */
const REACHED = 1e-9;

/** LinearDecrease, StairstepExponentialDecrease and ExponentialDecrease of abaci.sol. */
export function auctionPrice(
  { linear, stairstep, exponential }: PriceCurve,
  top: number,
  elapsed: number,
): number {
  if (linear) return elapsed < linear.tau ? (top * (linear.tau - elapsed)) / linear.tau : 0;
  if (stairstep) return top * pow(stairstep.cut, Math.floor(elapsed / stairstep.step + REACHED));
  return exponential ? top * pow(exponential.cut, elapsed) : top;
}

/** A curve without steps is looked at in every block. The contract counts whole seconds. */
function nextFall({ terms, blockTime }: Floor, { reserve, tic }: Auction, now: number): number {
  const { calc, tail } = terms.ilks[reserve];
  const elapsed = now - tic;
  const { step } = calc.stairstep ?? {};
  const next = step === undefined ? elapsed + blockTime : (Math.floor(elapsed / step + REACHED) + 1) * step;
  return tic + Math.min(next, tail + 1);
}

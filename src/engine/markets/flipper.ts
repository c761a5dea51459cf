import type { Account } from "../book/account";
import type { Layout } from "../book/layout";
import type { Liquidator } from "../model";
import { sumOfIlk } from "./auctions";
import type { Bid, Bidding, House, Lot } from "./house";
import type { Offer } from "./rule-set";
import { shelfLeg, shelvesOf } from "./shelves";

/** What Maker's Cat and Flippers go by. */
export interface FlipTerms {
  /** By reserve. */
  readonly ilks: readonly FlipIlk[];
}

/** One kind of collateral, in the contracts' own names. */
export interface FlipIlk {
  /** Collateral value over debt below which a vault is unsafe. */
  readonly mat: number;
  /** Penalty on the debt, and the least by which a bid beats another: parts above 100%. */
  readonly chop: number;
  readonly beg: number;
  /** Most collateral of one auction. */
  readonly lump: number;
  /** Seconds that a bid stands, and that an auction takes bids. */
  readonly ttl: number;
  readonly tau: number;
}

/** An auction: its collateral leg is the lot. The bid is paid when it is made, so that the winner is asked for next to nothing. */
interface Auction {
  readonly account: Account;
  readonly reserve: number;
  /** Debt without the penalty, and with it. */
  readonly due: number;
  readonly tab: number;
  leader?: Liquidator;
  bid: number;
  /** When the standing bid wins, and when the auction ends. */
  tic: number;
  end: number;
  isWon: boolean;
}

/** All auctions of one market. */
interface Floor {
  readonly terms: FlipTerms;
  /** Reserve of what is owed. */
  readonly owed: number;
  readonly shelves: Layout;
  /** In the order in which they began. */
  auctions: Auction[];
  /** By ilk: debt that ended auctions did not raise; collateral handed back. */
  readonly lost: Float64Array;
  readonly handedBack: Float64Array;
}

/**
 * Cat and Flipper of makerdao/dss as they were in March 2020. A vault is taken over in lots of at most \`lump\`. Bids for a lot rise
 * up to its \`tab\`, then bidders ask for ever less of it; who is not outbid for \`ttl\` has won.
 */
export function flipper(layout: Layout): House {
  const terms = layout.market.lending.own as FlipTerms;
  const owed = terms.ilks.length;
  const floor: Floor = {
    terms,
    owed,
    shelves: shelvesOf(layout, owed),
    auctions: [],
    lost: new Float64Array(owed + 1),
    handedBack: new Float64Array(owed + 1),
  };
  return {
    owed,
    reset() {
      floor.auctions = [];
      floor.lost.fill(0);
      floor.handedBack.fill(0);
    },
    queue: (book, account) => book.underWater(account.price),
    consider: (account) => consider(floor, account),
    take: (_book, account, { share }, _slot, now) => bite(floor, account, share, now),
    restarts: () => [],
    biddings: (now) => biddings(floor, now),
    lots: (now) => won(floor, now),
    sell(lot, seized, repay) {
      sell(floor, lot.account, seized, repay);
      return undefined;
    },
    nextChange: (now) =>
      openAt(floor, now).reduce(
        (next, auction) => Math.min(next, closing(auction) + 1),
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

/** Room for calls in a block. */
const MOST_AT_ONCE = 100;

/** Nobody is paid for the call: who makes it means to bid. */
function consider({ terms }: Floor, { layout, index, amount, price }: Account) {
  const { first, reserve, side } = layout.market.book;
  const leg = first[index];
  if (side[leg] === 1 || amount[leg] === 0 || price[reserve[leg]] === 0) return undefined;
  return { share: Math.min(1, (MOST_AT_ONCE * terms.ilks[reserve[leg]].lump) / amount[leg]) };
}

/** What rounding leaves of a vault that is divided in lots. */
const DUST = 1e-12;

/** Cat.bite, as often as it takes: debt in proportion to the collateral of each lot. */
function bite(floor: Floor, { layout, index, amount }: Account, share: number, now: number): void {
  const { first, reserve } = layout.market.book;
  const leg = first[index];
  const [ink, art] = [share * amount[leg], share * amount[leg + 1]];
  const { lump } = floor.terms.ilks[reserve[leg]];
  for (let left = ink; left > DUST * ink; left -= lump) {
    const lot = Math.min(left, lump);
    kick(floor, reserve[leg], lot, art * (lot / ink), now);
  }
}

/** One unit of 18 decimals: the least that is bid, and what stands for nothing. */
const LEAST = 1e-18;

/** Flipper.kick. */
function kick(
  { terms, shelves, owed, auctions }: Floor,
  reserve: number,
  lot: number,
  due: number,
  now: number,
): void {
  const amount = new Float64Array(shelves.market.book.amount.length);
  amount[shelfLeg(reserve)] = lot;
  amount[shelfLeg(reserve) + 1] = LEAST;
  const { chop, tau } = terms.ilks[reserve];
  const account: Account = {
    layout: shelves,
    index: reserve,
    amount,
    price: new Float64Array(owed + 1).fill(1),
  };
  auctions.push({
    account,
    reserve,
    due,
    tab: due * (1 + chop),
    bid: 0,
    tic: 0,
    end: now + tau,
    isWon: false,
  });
}

function lotOf({ account, reserve }: Auction): number {
  return account.amount[shelfLeg(reserve)];
}

/** The last moment at which it takes a bid as it stands. */
function closing({ leader, tic, end }: Auction): number {
  return leader ? Math.min(tic, end) : end;
}

/** Auctions that are not over. Others are won; without a bid somebody lets them go on, by Flipper.tick. */
function openAt({ auctions, terms, lost }: Floor, now: number): Auction[] {
  return auctions.filter((auction) => {
    if (auction.isWon || now <= closing(auction)) return !auction.isWon;
    if (auction.leader) {
      auction.isWon = true;
      lost[auction.reserve] += Math.max(0, auction.due - auction.bid);
    } else auction.end = now + terms.ilks[auction.reserve].tau;
    return !auction.isWon;
  });
}

function biddings(floor: Floor, now: number): Bidding[] {
  const { reserves } = floor.shelves.market.lending;
  return openAt(floor, now)
    .filter((auction) => now < closing(auction))
    .map((auction) => ({
      owed: floor.owed,
      from: reserves[auction.reserve].asset,
      to: reserves[floor.owed].asset,
      wanted: auction.tab,
      leader: auction.leader,
      best: { pays: auction.bid, gets: lotOf(auction) },
      next: (over) => nextBid(floor.terms.ilks[auction.reserve].beg, auction.tab, over),
      place: (bidder, bid) => place(floor, auction, bidder, bid, now),
    }));
}

/** What Flipper.tend, and at the whole tab Flipper.dent, ask of the next bid. */
function nextBid(beg: number, tab: number, { pays, gets }: Bid): Bid {
  if (pays >= tab) return { pays: tab, gets: gets / (1 + beg) };
  return { pays: Math.min(tab, Math.max(LEAST, pays * (1 + beg))), gets };
}

/** What is not asked for any more is the owner's at once. */
function place(
  { terms, handedBack }: Floor,
  auction: Auction,
  bidder: Liquidator,
  bid: Bid,
  now: number,
): void {
  const { account, reserve } = auction;
  handedBack[reserve] += lotOf(auction) - bid.gets;
  account.amount[shelfLeg(reserve)] = bid.gets;
  auction.bid = bid.pays;
  auction.leader = bidder;
  auction.tic = now + terms.ilks[reserve].ttl;
}

/** Flipper.deal: a winner sells the lot, whatever the bid was, once that covers the gas, and in parts where depth runs out. */
function won(floor: Floor, now: number): Lot[] {
  openAt(floor, now);
  return floor.auctions
    .filter(({ isWon }) => isWon)
    .map(({ account, leader }) => ({ account, offer: sale, buyer: leader }));
}

const sale: Offer = {
  maxRepay: ({ amount }, pair) => amount[pair.debt],
  allowedRepay: ({ amount }, pair, repay) => Math.min(repay, amount[pair.debt]),
  seize({ amount }, pair, repay, into) {
    into.seized = amount[pair.collateral] * (repay / amount[pair.debt]);
    into.fee = 0;
  },
};

function sell(floor: Floor, account: Account, seized: number, repay: number): void {
  const leg = shelfLeg(account.index);
  account.amount[leg] = seized < account.amount[leg] ? account.amount[leg] - seized : 0;
  account.amount[leg + 1] = repay < account.amount[leg + 1] ? account.amount[leg + 1] - repay : 0;
  if (account.amount[leg] > 0 && account.amount[leg + 1] > 0) return;
  floor.auctions = floor.auctions.filter((auction) => auction.account !== account);
}

/** Of an auction that is not over: debt that neither the standing bid nor the lot at market prices would raise. */
function missing({ owed }: Floor, auction: Auction, marketPrice: Float64Array): number {
  if (auction.isWon) return 0;
  const offered = Math.max(auction.bid * marketPrice[owed], lotOf(auction) * marketPrice[auction.reserve]);
  return Math.max(0, auction.due * marketPrice[owed] - offered);
}

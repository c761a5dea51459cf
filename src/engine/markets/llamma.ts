import { pow } from "../math/pow";

/** What the AMM is set up with. */
export interface AmmTerms {
  /** A band is 1 / A of its upper price wide. */
  readonly A: number;
  /** The oracle's price at the top of band 0. */
  readonly basePrice: number;
  /** Share of what a trade puts in that stays in the bands. */
  readonly fee: number;
  /** The least fee in a band that the oracle's price is not in: a share of the distance from the band to that price. */
  readonly distanceFee: number;
}

/**
 * Curve's LLAMMA: an AMM whose bands convert collateral to the stablecoin while the oracle's price falls through them, and
 * back while it rises. AMM.vy of curvefi/curve-stablecoin, libmodel.py of curvefi/llamma-simulator.
 */
export interface Llamma extends AmmTerms {
  /** The oracle's price at the top of each band, downwards; one more for the bottom of the last. The same at the start. */
  readonly top: Float64Array;
  readonly topAtStart: Float64Array;
  /** Units in each band. */
  readonly stable: Float64Array;
  readonly collateral: Float64Array;
  /** The most that a band's top and the oracle's price may be apart for a trade to go on. */
  readonly reach: number;
  /** The band that trades next: above it there is only the stablecoin, below it only collateral. */
  active: number;
  /** The least fee there is at the moment. */
  leastFee: number;
}

/** Seconds in which the fee after a jump falls to nothing, and the largest jump it knows. */
const JUMP_LASTS = 120;
const LARGEST_JUMP = 1.25;

/**
 * AMM.limit_p_o: a fee that leaves nothing to be earned from the oracle's price having moved since the last trade, and falls
 * with time.
 * @param last price, time and such fee of the last trade
 */
export function jumpFee(
  last: { price: number; at: number; fee: number },
  oracle: number,
  now: number,
): number {
  const left = Math.max(0, JUMP_LASTS - (now - last.at)) / JUMP_LASTS;
  if (left === 0) return 0;
  const ratio = Math.max(1 / LARGEST_JUMP, Math.min(last.price, oracle) / Math.max(last.price, oracle));
  return Math.min(1, (last.fee + 1 - ratio * ratio * ratio) * left);
}

/** Trades end so many bands away from the oracle's price. */
const FARTHEST = 50;

/** @param lowest number of the first band */
export function llamma(terms: AmmTerms, lowest: number, count: number): Llamma {
  const top = Float64Array.from({ length: count + 1 }, (_, i) => topOf(terms, lowest + i));
  return {
    ...terms,
    top,
    topAtStart: Float64Array.from(top),
    stable: new Float64Array(count),
    collateral: new Float64Array(count),
    reach: pow(terms.A / (terms.A - 1), FARTHEST),
    active: 0,
    leastFee: terms.fee,
  };
}

/** AMM.get_base_price grows with interest, and all bands with it. */
export function moveBands({ top, topAtStart }: Llamma, by: number): void {
  for (let band = 0; band < top.length; band++) top[band] = topAtStart[band] * by;
}

/** The oracle's price at the top of band `n`: base x ((A - 1) / A)^n. */
function topOf({ A, basePrice }: AmmTerms, n: number): number {
  return basePrice * pow((A - 1) / A, n);
}

/** (f + x) (g + y) is constant along a band's trades at one price of the oracle. */
const curve = { y0: 0, f: 0, g: 0, invariant: 0 };

/** p A y0^2 - y0 (top / p (A - 1) x + p^2 / top A y) - x y = 0; f = A y0 p^2 / top, g = (A - 1) y0 top / p. */
function bend({ A, top, stable, collateral }: Llamma, band: number, oracle: number): void {
  const [x, y] = [stable[band], collateral[band]];
  const b = ((top[band] * (A - 1)) / oracle) * x + ((A * oracle * oracle) / top[band]) * y;
  curve.y0 = (b + Math.sqrt(b * b + 4 * A * oracle * x * y)) / (2 * A * oracle);
  curve.f = (A * curve.y0 * oracle * oracle) / top[band];
  curve.g = ((A - 1) * curve.y0 * top[band]) / oracle;
  curve.invariant = (curve.f + x) * (curve.g + y);
}

/** The AMM's price at the edges of a band: where it is all collateral, and where it is all stablecoin. */
function lowerEdge({ top }: Llamma, band: number, oracle: number): number {
  return (oracle * oracle * oracle) / (top[band] * top[band]);
}

function upperEdge(amm: Llamma, band: number, oracle: number): number {
  return lowerEdge(amm, band + 1, oracle);
}

/** Stablecoin for the next small unit of collateral in a band, without the fee; an empty band is in its middle. */
export function priceIn(amm: Llamma, band: number, oracle: number): number {
  const [x, y] = [amm.stable[band], amm.collateral[band]];
  if (x > 0 && y > 0) {
    bend(amm, band, oracle);
    return (curve.f + x) / (curve.g + y);
  }
  if (y > 0) return lowerEdge(amm, band, oracle);
  return x > 0 ? upperEdge(amm, band, oracle) : (lowerEdge(amm, band, oracle) * amm.A) / (amm.A - 1);
}

function feeIn(amm: Llamma, band: number, oracle: number): number {
  const [lower, upper] = [lowerEdge(amm, band, oracle), upperEdge(amm, band, oracle)];
  const away = Math.max((lower - oracle) / lower, (oracle - upper) / oracle, 0);
  return Math.max(amm.leastFee, amm.distanceFee * away);
}

function isFar({ reach, top }: Llamma, band: number, oracle: number, buying: boolean): boolean {
  return buying ? top[band] * reach < oracle : top[band] > oracle * reach;
}

/** A trade's two sides: what goes in and what comes out, by band. Buying takes collateral out. */
function sidesOf({ stable, collateral }: Llamma, buying: boolean) {
  return buying ? { into: stable, from: collateral } : { into: collateral, from: stable };
}

/** The band's bend by sides: that of what goes in, and that of what comes out. */
function bendsOf(buying: boolean): [number, number] {
  return buying ? [curve.f, curve.g] : [curve.g, curve.f];
}

/** The band after `band` in the direction of a trade; undefined where the trade ends. */
function nextBand(amm: Llamma, band: number, oracle: number, buying: boolean): number | undefined {
  const next = buying ? band + 1 : band - 1;
  const isLast = next < 0 || next >= amm.stable.length;
  return isLast || isFar(amm, band, oracle, buying) ? undefined : next;
}

/**
 * What has to go in to bring the AMM to a price: its own, as get_amount_for_price gives it, or the one that a trader
 * pays, fee included. 0 where it is there already, or past it.
 */
export function amountTo(
  amm: Llamma,
  oracle: number,
  price: number,
  buying: boolean,
  withFee = false,
): number {
  const { into, from } = sidesOf(amm, buying);
  let amount = 0;
  for (
    let band: number | undefined = amm.active;
    band !== undefined;
    band = nextBand(amm, band, oracle, buying)
  ) {
    const kept = 1 - feeIn(amm, band, oracle);
    const target = withFee ? (buying ? price * kept : price / kept) : price;
    const now = priceIn(amm, band, oracle);
    if (buying ? target <= now : target >= now) break;
    if (from[band] === 0) continue;
    bend(amm, band, oracle);
    const [own, other] = bendsOf(buying);
    const ends = buying ? target < upperEdge(amm, band, oracle) : target > lowerEdge(amm, band, oracle);
    const full = ends
      ? Math.sqrt(buying ? curve.invariant * target : curve.invariant / target) - own
      : curve.invariant / other - own;
    amount += Math.max(0, full - into[band]) / kept;
    if (ends) break;
  }
  return amount;
}

/** Share of a trade within which rounding leaves a band that is traded empty. */
const DUST = 1e-12;

/** What comes out for what goes in, band by band; changes the AMM only when told to. */
export function trade(amm: Llamma, oracle: number, buying: boolean, amount: number, write: boolean): number {
  const { into, from } = sidesOf(amm, buying);
  if (amount <= 0) return 0;
  const dust = DUST * amount;
  let left = amount;
  let out = 0;
  let last = amm.active;
  for (let band: number | undefined = last; band !== undefined; band = nextBand(amm, band, oracle, buying)) {
    last = band;
    if (from[band] === 0) continue;
    bend(amm, band, oracle);
    const [own, other] = bendsOf(buying);
    const kept = 1 - feeIn(amm, band, oracle);
    const whole = Math.max(0, curve.invariant / other - own - into[band]) / kept;
    const empties = left >= whole - dust;
    const put = empties ? whole : left;
    const rest = curve.invariant / (own + into[band] + put * kept) - other;
    const stays = empties ? 0 : Math.min(from[band], Math.max(0, rest));
    out += from[band] - stays;
    left -= put;
    if (write) {
      into[band] += put;
      from[band] = stays;
    }
    if (left <= dust) break;
  }
  if (write) amm.active = last;
  return out;
}

/**
 * The stablecoin that a band comes to when the oracle's price falls slowly from where it is, and trades keep up:
 * get_x_down.
 */
export function stableDown(amm: Llamma, band: number, oracle: number): number {
  const { A, top, stable, collateral } = amm;
  if (stable[band] === 0 && collateral[band] === 0) return 0;
  const [upper, lower] = [top[band], top[band + 1]];
  bend(amm, band, oracle);
  const { y0, f, g, invariant } = curve;
  if (oracle > upper) return Math.sqrt(upper * lower) * Math.max(0, invariant / f - g);
  if (oracle < lower) return Math.max(0, invariant / g - f);
  const kept = (A * y0 * (oracle - lower)) / oracle;
  return Math.max(0, invariant / (g + kept) - f) + kept * Math.sqrt(lower * oracle);
}

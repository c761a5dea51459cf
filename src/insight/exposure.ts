import type { Model } from "../engine/model";
import { type DepthAt, depthOf } from "./depth";
import { fallingAssets } from "./falling-assets";
import { assetHoldings, type Holding, reserveHoldings } from "./holdings";
import { type Liquidatable, layoutsOf, liquidatableByFall } from "./liquidatable";

/** What is at stake in a model before anything happens. Amounts are in units, values in the numeraire. */
export interface Exposure {
  readonly numeraire: string;
  readonly assets: readonly AssetExposure[];
  readonly venues: readonly VenueDepth[];
  readonly markets: readonly MarketExposure[];
}

/** One asset over all markets. */
export interface AssetExposure extends Holding {
  readonly asset: string;
  readonly price: number;
  /** When its price alone falls (of a pegged asset: its peg); none where that can hurt nobody. */
  readonly liquidatable: readonly Liquidatable[];
}

export interface VenueDepth {
  readonly venue: string;
  readonly traded: string;
  readonly quote: string;
  readonly depth: readonly DepthAt[];
}

export interface MarketExposure {
  readonly market: string;
  readonly accounts: number;
  readonly reserves: readonly ReserveExposure[];
  /** When all free assets fall together; pegged assets follow, stable ones stay. */
  readonly liquidatable: readonly Liquidatable[];
}

export interface ReserveExposure extends Holding {
  readonly asset: string;
  readonly price: number;
}

/** Works out what is at stake in a model, with many pauses: it goes through every book some hundred times. */
export function* exposureOf(model: Model): Generator<void, Exposure> {
  const { assets, venues, numeraire } = model;
  const named = venues.map((venue) => ({
    venue: venue.name,
    traded: assets[venue.traded].name,
    quote: assets[venue.quote].name,
    depth: depthOf(model, venue),
  }));
  return { numeraire, venues: named, assets: yield* assetsOf(model), markets: yield* marketsOf(model) };
}

function* assetsOf(model: Model): Generator<void, AssetExposure[]> {
  const layouts = layoutsOf(model);
  const held = assetHoldings(model);
  const canHurt = new Set(fallingAssets(model));
  const found: AssetExposure[] = [];
  for (const [index, { name, price }] of model.assets.entries()) {
    const falling = model.assets.map((_, other) => other === index);
    const liquidatable = canHurt.has(name) ? yield* liquidatableByFall(model, layouts, falling) : [];
    found.push({ asset: name, price, ...held[index], liquidatable });
  }
  return found;
}

function* marketsOf(model: Model): Generator<void, MarketExposure[]> {
  const falling = model.assets.map(({ kind }) => kind === "free");
  const found: MarketExposure[] = [];
  for (const layout of layoutsOf(model)) {
    const { name, book, lending } = layout.market;
    const held = reserveHoldings(layout.market);
    const reserves = lending.reserves.map(({ asset }, reserve) => {
      const { name: of, price } = model.assets[asset];
      return { asset: of, price, ...held[reserve] };
    });
    const liquidatable = yield* liquidatableByFall(model, [layout], falling);
    found.push({ market: name, accounts: book.accounts.length, reserves, liquidatable });
  }
  return found;
}

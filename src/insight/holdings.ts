import type { Market, Model } from "../engine/model";

/** What accounts hold of one asset, in its units. */
export interface Holding {
  readonly collateral: number;
  readonly debt: number;
}

/** What the accounts of a market hold together, by reserve. */
export function reserveHoldings({ book, lending }: Market): Holding[] {
  const held = lending.reserves.map(() => ({ collateral: 0, debt: 0 }));
  for (let leg = 0; leg < book.amount.length; leg++) {
    held[book.reserve[leg]][book.side[leg] === 1 ? "debt" : "collateral"] += book.amount[leg];
  }
  return held;
}

/** What the accounts of all markets hold together, by asset. */
export function assetHoldings({ assets, markets }: Model): Holding[] {
  const held = assets.map(() => ({ collateral: 0, debt: 0 }));
  for (const market of markets) {
    reserveHoldings(market).forEach(({ collateral, debt }, reserve) => {
      const { asset } = market.lending.reserves[reserve];
      held[asset].collateral += collateral;
      held[asset].debt += debt;
    });
  }
  return held;
}

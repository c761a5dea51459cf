import type { Draft } from "../dsl/parse";
import { startPrice } from "../model/prices";

/** Price of an asset at the start in a file that may be half written; undefined where it is not known yet. */
export function assetPrice({ assets }: Draft, asset: string): number | undefined {
  return assets && startPrice(assets, asset);
}

export interface QuotedPrice {
  readonly price: number;
  /** Asset the price is in; absent: the numeraire. */
  readonly quote?: string;
}

/** What an oracle shows at the start; undefined where it is not known yet, or oracles are based on each other in a circle. */
export function oraclePrice(
  draft: Draft,
  oracle: string,
  followed: readonly string[] = [],
): QuotedPrice | undefined {
  const { of, in: quote, base, rate } = draft.oracles?.[oracle] ?? {};
  if (of !== undefined) return feedPrice(draft, of, quote);
  if (base === undefined || rate === undefined || followed.includes(oracle)) return undefined;
  const shown = oraclePrice(draft, base, [...followed, oracle]);
  return shown && { ...shown, price: shown.price * rate };
}

function feedPrice(draft: Draft, of: string, quote: string | undefined): QuotedPrice | undefined {
  const price = assetPrice(draft, of);
  if (price === undefined || quote === undefined) return price === undefined ? undefined : { price };
  const unit = assetPrice(draft, quote);
  return unit ? { price: price / unit, quote } : undefined;
}

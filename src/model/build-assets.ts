import type { RiskFile } from "../dsl/parse";
import type { Asset, Oracle } from "../engine/model";
import { normalSize } from "./build-dynamics";
import { choleskyFactor, correlationMatrix } from "./correlations";
import { kindOf, startPrice } from "./prices";

/** Assets in order of the file. The static rules have made sure that each has a price. */
export function buildAssets(assets: RiskFile["assets"]): Asset[] {
  const names = Object.keys(assets);
  return names.map((name): Asset => {
    const { volatility, pegged, stable, decimals = 18 } = assets[name];
    const base = { name, price: startPrice(assets, name) ?? Number.NaN, decimals };
    if (pegged)
      return {
        ...base,
        kind: "pegged",
        base: names.indexOf(pegged.to),
        ratio: pegged.ratio,
        ...pegOf(pegged),
      };
    if (stable) return { ...base, kind: "stable", ...pegOf(stable) };
    return { ...base, kind: "free", volatility: volatility ?? 0 };
  });
}

type Peg = NonNullable<RiskFile["assets"][string]["stable"]>;

function pegOf({ volatility = 0, reversion = Number.POSITIVE_INFINITY, depeg }: Peg) {
  return { volatility, reversion, ...(depeg && { depeg: { rate: depeg.rate, size: normalSize(depeg) } }) };
}

/**
 * Factor over the free assets; the static rules have made sure that there is one. It takes time by the cube of their
 * number, and only paths are drawn by it.
 */
export function buildCorrelations(file: RiskFile): Float64Array {
  const draws = Object.values(file.scenarios ?? {}).some((scenario) => scenario["monte-carlo"]);
  if (!draws) return new Float64Array(0);
  const free = Object.keys(file.assets).filter((name) => kindOf(file.assets[name]) === "free");
  return (
    choleskyFactor(correlationMatrix(free, file.correlations ?? {})) ?? new Float64Array(free.length ** 2)
  );
}

/** Oracles in order of the file. */
export function buildOracles(file: RiskFile): Oracle[] {
  const assets = Object.keys(file.assets);
  const oracles = file.oracles ?? {};
  const names = Object.keys(oracles);
  return names.map((name): Oracle => {
    const { of, in: quote, base, rate = 1, heartbeat, deviation, delay = 0 } = oracles[name];
    if (base !== undefined) return { name, kind: "rate", base: names.indexOf(base), rate };
    return {
      name,
      kind: "feed",
      asset: assets.indexOf(of ?? ""),
      ...(quote !== undefined && { quote: assets.indexOf(quote) }),
      heartbeat: heartbeat ?? Number.POSITIVE_INFINITY,
      deviation: deviation ?? Number.POSITIVE_INFINITY,
      delay,
    };
  });
}

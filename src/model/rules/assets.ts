import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { kindOf, startPrice } from "../prices";
import { figure } from "../text";
import { circle, entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const assetRules: readonly StaticRule[] = [
  missingPrice,
  missingVolatility,
  derivedPriceDiffers,
  pegCircle,
];

function missingPrice({ assets }: Draft): Finding[] {
  return entries(assets)
    .filter(([, asset]) => kindOf(asset) === "free" && asset.price === undefined)
    .map(([name]) => ({
      rule: "missing-price",
      severity: "error",
      path: ["assets", name],
      at: "key",
      message: `${name} has no price. Write its price in the numeraire, or say what it is pegged to, or that it is stable.`,
    }));
}

function missingVolatility({ assets, scenarios }: Draft): Finding[] {
  const random = entries(scenarios).find(([, scenario]) => scenario["monte-carlo"]);
  if (!random) return [];
  const related = [{ path: ["scenarios", random[0]], at: "key" as const, message: "Draws random prices." }];
  return entries(assets)
    .filter(([, asset]) => kindOf(asset) === "free" && asset.volatility === undefined)
    .map(([name]) => ({
      rule: "missing-volatility",
      severity: "error",
      path: ["assets", name],
      at: "key",
      message: `${name} has no volatility, and scenario ${random[0]} draws its price. Write its annualised volatility of log returns, such as 70%.`,
      related,
    }));
}

/** What may be lost by writing a price with six digits. */
const SAME_PRICE = 1e-6;

function derivedPriceDiffers({ assets }: Draft): Finding[] {
  return entries(assets).flatMap(([name, asset]): Finding[] => {
    const derived = assets && asset.pegged ? startPrice(assets, name) : undefined;
    if (
      derived === undefined ||
      asset.price === undefined ||
      Math.abs(asset.price / derived - 1) <= SAME_PRICE
    )
      return [];
    return [
      {
        rule: "derived-price-differs",
        severity: "error",
        path: ["assets", name, "price"],
        message: `${name} is pegged: its price is ${asset.pegged?.to} x ${asset.pegged?.ratio} = ${figure(derived)}, not ${figure(asset.price)}. Remove the price, or correct the ratio.`,
        related: [
          { path: ["assets", name, "pegged", "ratio"], message: "The price follows from this ratio." },
        ],
      },
    ];
  });
}

function pegCircle({ assets }: Draft): Finding[] {
  return entries(assets).flatMap(([name]): Finding[] => {
    const names = circle(name, (asset) => assets?.[asset]?.pegged?.to);
    if (!names) return [];
    const message = `${[...names, name].join(" is pegged to ")}: none of them has a price of its own. Give one of them a price and a volatility instead.`;
    return [{ rule: "peg-circle", severity: "error", path: ["assets", name, "pegged", "to"], message }];
  });
}

import * as l10n from "@vscode/l10n";
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
      message: l10n.t(
        "{0} has no price. Write its price in the numeraire, or say what it is pegged to, or that it is stable.",
        name,
      ),
    }));
}

function missingVolatility({ assets, scenarios }: Draft): Finding[] {
  const random = entries(scenarios).find(([, scenario]) => scenario["monte-carlo"]);
  if (!random) return [];
  const related = [
    { path: ["scenarios", random[0]], at: "key" as const, message: l10n.t("Draws random prices.") },
  ];
  return entries(assets)
    .filter(([, asset]) => kindOf(asset) === "free" && asset.volatility === undefined)
    .map(([name]) => ({
      rule: "missing-volatility",
      severity: "error",
      path: ["assets", name],
      at: "key",
      message: l10n.t(
        "{0} has no volatility, and scenario {1} draws its price. Write its annualised volatility of log returns, such as 70%.",
        name,
        random[0],
      ),
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
        message: l10n.t(
          "{0} is pegged: its price is {1} x {2} = {3}, not {4}. Remove the price, or correct the ratio.",
          name,
          asset.pegged?.to ?? "",
          asset.pegged?.ratio ?? "",
          figure(derived),
          figure(asset.price),
        ),
        related: [
          {
            path: ["assets", name, "pegged", "ratio"],
            message: l10n.t("The price follows from this ratio."),
          },
        ],
      },
    ];
  });
}

function pegCircle({ assets }: Draft): Finding[] {
  return entries(assets).flatMap(([name]): Finding[] => {
    const names = circle(name, (asset) => assets?.[asset]?.pegged?.to);
    if (!names) return [];
    const message = l10n.t(
      "{0}: none of them has a price of its own. Give one of them a price and a volatility instead.",
      [...names, name].reduce((chain, next) => l10n.t("{0} is pegged to {1}", chain, next)),
    );
    return [{ rule: "peg-circle", severity: "error", path: ["assets", name, "pegged", "to"], message }];
  });
}

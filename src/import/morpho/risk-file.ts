import type { Chain } from "../chain";
import { decimalOf } from "../numbers";
import type { Token } from "../tokens";
import type { MorphoAccount } from "./accounts";
import type { MorphoMarket } from "./markets";

/** Where a market's positions are, from the risk file's folder. */
export function positionsPath({ name }: MorphoMarket): string {
  return `data/morpho-blue.${name}.positions.csv`;
}

/** The risk file of markets that lend one asset. @param owing those in which somebody owes */
export function riskFileText(
  chain: Chain,
  markets: readonly MorphoMarket[],
  owing: ReadonlySet<MorphoMarket>,
  venues: readonly string[],
): string {
  const [{ loan }] = markets;
  const time = new Date(chain.time * 1000).toISOString();
  const books = markets.filter((market) => owing.has(market));
  return [
    `# Morpho Blue on chain ${chain.id} at block ${chain.block} (${time}), read from its contracts.`,
    `# Prices are those of the markets' oracles, in ${loan.name}. Volatilities, correlations, heartbeats and deviations of feeds,`,
    `# ${venues.length > 0 ? "" : "venues, "}liquidators, scenarios and limits are not in what was read: they are yours to write.`,
    "plimsoll: 1",
    `name: Morpho Blue, ${loan.name}, chain ${chain.id}`,
    `numeraire: ${loan.name.replace(/[^A-Za-z0-9]/g, "")}`,
    `snapshot: { chain: ${chain.id}, block: ${chain.block} }`,
    "",
    "assets:",
    assetLine(loan, "1"),
    ...firstOfCollateral(markets).map((market) => assetLine(market.collateral, priceOf(market))),
    ...(venues.length > 0 ? ["", "venues:", ...venues] : []),
    "",
    "oracles:",
    ...markets.map((market) => `  ${oracleOf(market)}: ${oracleEntry(market, markets)}`),
    "",
    "markets:",
    ...markets.map(marketLine),
    ...(books.length > 0 ? ["", "books:"] : []),
    ...books.map(
      (market) => `  ${market.name}-borrowers: { market: ${market.name}, file: ${positionsPath(market)} }`,
    ),
    "",
  ].join("\n");
}

function assetLine({ name, decimals, address }: Token, price: string): string {
  return `  ${name}: { price: ${price}, decimals: ${decimals}, address: "${address}" }`;
}

/** Of one token of collateral in tokens of the loan. */
export function priceOf({ price, collateral, loan }: MorphoMarket): string {
  return decimalOf(price, 36 + loan.decimals - collateral.decimals);
}

/** An asset has one price: that of the first market that has it as collateral. */
export function firstOfCollateral(markets: readonly MorphoMarket[]): MorphoMarket[] {
  return markets.filter((market) => firstWith(market, markets) === market);
}

function firstWith({ collateral }: MorphoMarket, markets: readonly MorphoMarket[]): MorphoMarket {
  return markets.find((each) => each.collateral === collateral)!;
}

function oracleOf({ name }: MorphoMarket): string {
  return `${name}-feed`;
}

/** Another oracle of the same collateral may have another price: it is written as a rate of the first. */
function oracleEntry(market: MorphoMarket, markets: readonly MorphoMarket[]): string {
  const first = firstWith(market, markets);
  if (first.price === market.price) return `{ of: ${market.collateral.name}, in: ${market.loan.name} }`;
  return `{ base: ${oracleOf(first)}, rate: ${Number(market.price) / Number(first.price)} }`;
}

function marketLine(market: MorphoMarket): string {
  const { id, name, collateral, loan, lltv, totals, rateAtTarget } = market;
  const { totalSupplyAssets: supplied, totalBorrowAssets: borrowed, fee } = totals;
  const amounts = [decimalOf(supplied, loan.decimals), decimalOf(borrowed, loan.decimals)];
  const saysInterest = rateAtTarget !== undefined && borrowed > 0n && supplied >= borrowed;
  const keys = [
    "kind: lending",
    "rules: morpho-blue",
    `collateral: ${collateral.name}`,
    `loan: ${loan.name}`,
    `lltv: ${decimalOf(lltv, 16)}%`,
    `oracle: ${oracleOf(market)}`,
    ...(saysInterest
      ? [
          `supplied: ${amounts[0]}`,
          `borrowed: ${amounts[1]}`,
          `rateAtTarget: ${100 * rateAtTarget}%/yr`,
          `fee: ${decimalOf(fee, 16)}%`,
        ]
      : []),
  ];
  const unsaid = saysInterest ? "" : `, supplied ${amounts[0]}, borrowed ${amounts[1]}`;
  return `  ${name}: { ${keys.join(", ")} } # ${id}${unsaid}`;
}

/** One row a holding; amounts with every digit that the chain has. */
export function positionsText(accounts: readonly MorphoAccount[]): string {
  const rows = accounts.flatMap(({ address, market: { collateral: own, loan }, collateral, debt }) => [
    ...(collateral > 0n ? [`${address},${own.name},collateral,${decimalOf(collateral, own.decimals)}`] : []),
    `${address},${loan.name},debt,${decimalOf(debt, loan.decimals)}`,
  ]);
  return `${["account,asset,side,amount", ...rows].join("\n")}\n`;
}

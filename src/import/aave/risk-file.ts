import { shiftDecimal } from "../../dsl/decimal";
import type { Chain } from "../chain";
import { decimalOf, percentOf } from "../numbers";
import type { BorrowerAccount } from "./accounts";
import type { Deployment, Reserve } from "./deployment";

export const MARKET = "core";
const BOOK = "borrowers";

/** The risk file of a deployment. @param positions path of the positions file, from the risk file's folder, if anybody owes */
export function riskFileText(
  chain: Chain,
  deployment: Deployment,
  positions: string | undefined,
  venues: readonly string[],
): string {
  const { rules, numeraire, reserves, emodes, priceDecimals } = deployment;
  const time = new Date(chain.time * 1000).toISOString();
  return [
    `# Aave v3 on chain ${chain.id} at block ${chain.block} (${time}), read from its contracts.`,
    "# Prices are those of the protocol's oracle. Volatilities, correlations, heartbeats and deviations of feeds,",
    `# ${venues.length > 0 ? "" : "venues, "}liquidators, scenarios and limits are not in what was read: they are yours to write.`,
    "# Comments name what the chain has and a risk file cannot say.",
    "plimsoll: 1",
    `name: Aave v3, chain ${chain.id}`,
    `numeraire: ${numeraire}`,
    `snapshot: { chain: ${chain.id}, block: ${chain.block} }`,
    "",
    "assets:",
    ...reserves.map(
      ({ name, decimals, address, price }) =>
        `  ${name}: { price: ${decimalOf(price, priceDecimals)}, decimals: ${decimals}, address: "${address}" }`,
    ),
    ...(venues.length > 0 ? ["", "venues:", ...venues] : []),
    "",
    "oracles:",
    ...reserves.map(({ name }) => `  ${oracleOf(name)}: { of: ${name} }`),
    "",
    "markets:",
    `  ${MARKET}:`,
    "    kind: lending",
    `    rules: ${rules}`,
    "    reserves:",
    ...reserves.map(reserveLine),
    ...(emodes.length > 0 ? ["    emodes:", ...emodes.flatMap(emodeLines)] : []),
    ...borrowingLines(deployment),
    ...(positions ? ["", "books:", `  ${BOOK}: { market: ${MARKET}, file: ${positions} }`] : []),
    "",
  ].join("\n");
}

function oracleOf(asset: string): string {
  return `${asset.toLowerCase()}-feed`;
}

function reserveLine(reserve: Reserve): string {
  const { name, terms } = reserve;
  const keys = [`oracle: ${oracleOf(name)}`];
  if (terms.threshold > 0) {
    keys.push(
      `ltv: ${percentOf(terms.ltv)}`,
      `liquidationThreshold: ${percentOf(terms.threshold)}`,
      `liquidationBonus: ${percentOf(terms.bonus - 10_000)}`,
      `liquidationProtocolFee: ${percentOf(terms.protocolFee)}`,
    );
  }
  const unsaid = unsaidOf(reserve);
  return `      ${name}: { ${[...keys, ...interestOf(reserve)].join(", ")} }${unsaid && ` # ${unsaid}`}`;
}

/** Isolation mode and siloed reserves. */
function borrowingLines({ reserves, inIsolation }: Deployment): string[] {
  const ceilings = reserves.flatMap(({ name, terms }) =>
    terms.debtCeiling > 0 ? [`${name}: ${shiftDecimal(terms.debtCeiling, -2)}`] : [],
  );
  const siloed = reserves.flatMap(({ name, terms }) => (terms.isSiloed ? [name] : []));
  const borrowable = `borrowable: [${inIsolation.join(", ")}]`;
  return [
    ...(ceilings.length > 0
      ? [`    isolation: { debtCeilings: { ${ceilings.join(", ")} }, ${borrowable} }`]
      : []),
    ...(siloed.length > 0 ? [`    siloed: [${siloed.join(", ")}]`] : []),
  ];
}

/** The keys of interest act together; a reserve that nobody borrows has none to pay. */
function interestOf(reserve: Reserve): string[] {
  if (!saysInterest(reserve)) return [];
  const { supplied, borrowed, decimals, terms, curve } = reserve;
  const { optimal, base, slope1, slope2 } = curve!;
  const rate = (ray: bigint) => `${decimalOf(ray, RAY_PERCENT)}%/yr`;
  return [
    `supplied: ${decimalOf(supplied, decimals)}`,
    `borrowed: ${decimalOf(borrowed, decimals)}`,
    `reserveFactor: ${percentOf(terms.reserveFactor)}`,
    `rate: { optimal: ${decimalOf(optimal, RAY_PERCENT)}%, base: ${rate(base)}, slope1: ${rate(slope1)}, slope2: ${rate(slope2)} }`,
  ];
}

/** A ray has 27 decimals; as a percentage, two fewer. */
const RAY_PERCENT = 25;
const RAY = 10n ** 27n;

function saysInterest({ supplied, borrowed, curve }: Reserve): boolean {
  return (
    curve !== undefined && curve.optimal > 0n && curve.optimal < RAY && borrowed > 0n && supplied >= borrowed
  );
}

function unsaidOf(reserve: Reserve): string {
  const { terms, supplied, borrowed, decimals, deficit, curve } = reserve;
  const said: [boolean, string][] = [
    [!saysInterest(reserve), `supplied ${decimalOf(supplied, decimals)}`],
    [!saysInterest(reserve), `borrowed ${decimalOf(borrowed, decimals)}`],
    [curve === undefined, "interest rate strategy of unknown form"],
    [terms.supplyCap > 0, `supply cap ${terms.supplyCap}`],
    [terms.borrowCap > 0, `borrow cap ${terms.borrowCap}`],
    [deficit > 0n, `deficit ${decimalOf(deficit, decimals)}`],
    [!terms.isBorrowable, "not borrowable"],
    [terms.isFrozen, "frozen"],
    [terms.isPaused, "paused"],
    [!terms.isActive, "inactive"],
  ];
  return said.flatMap(([applies, words]) => (applies ? [words] : [])).join(", ");
}

/** A category that has no collateral or lends nothing changes no account's threshold. */
export function isUsable({ collateral, borrowable }: Deployment["emodes"][number]): boolean {
  return collateral.length > 0 && borrowable.length > 0;
}

function emodeLines(emode: Deployment["emodes"][number]): string[] {
  const { name, ltv, threshold, bonus, collateral, borrowable, hasOwnPrice } = emode;
  if (!isUsable(emode)) return [`      # ${name}: has no collateral, or nothing that can be borrowed`];
  const keys = [
    `collateral: [${collateral.join(", ")}]`,
    `borrowable: [${borrowable.join(", ")}]`,
    `ltv: ${percentOf(ltv)}`,
    `liquidationThreshold: ${percentOf(threshold)}`,
    `liquidationBonus: ${percentOf(bonus - 10_000)}`,
  ];
  return [`      ${name}: { ${keys.join(", ")} }${hasOwnPrice ? " # has a price feed of its own" : ""}`];
}

/** One row a holding; amounts with every digit that the chain has. */
export function positionsText({ emodes }: Deployment, accounts: readonly BorrowerAccount[]): string {
  const nameOf = new Map(emodes.filter(isUsable).map(({ id, name }) => [id, name]));
  const rows = accounts.flatMap(({ address, emode, holdings }) =>
    holdings.map(({ reserve, side, amount }) =>
      [address, reserve.name, side, decimalOf(amount, reserve.decimals), nameOf.get(emode) ?? ""].join(","),
    ),
  );
  return `${["account,asset,side,amount,emode", ...rows].join("\n")}\n`;
}

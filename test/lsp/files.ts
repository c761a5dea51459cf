import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface Folder {
  /** URI of a file in the folder, whether or not it is there. */
  uri(name: string): string;
  write(name: string, text: string): string;
  remove(): void;
}

/** An empty folder on disk. */
export function newFolder(): Folder {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-lsp-"));
  const uri = (name: string) => pathToFileURL(join(folder, name)).href;
  return {
    uri,
    write(name, text) {
      writeFileSync(join(folder, name), text);
      return uri(name);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** One market in which a fall of 40% leaves bad debt; `paths` makes the simulation as long as a test needs. */
export function cascade({ paths = 200, book = "positions" }: { paths?: number; book?: string } = {}): string {
  return `plimsoll: 1
name: Cascade
assets:
  WETH: { price: 3000, volatility: 80% }
  USDC: { price: 1, stable: {} }
venues:
  weth-usdc: { pair: [WETH, USDC], model: constant-product, reserves: [1k, 3M], recovery: 1h }
oracles:
  eth-usd: { of: WETH }
  usdc-usd: { of: USDC }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth-usd, ltv: 80%, liquidationThreshold: 83%, liquidationBonus: 5% }
      USDC: { oracle: usdc-usd }
books:
  core:
    market: core
    ${book === "positions" ? positions : book}
liquidators:
  searchers: { capital: flash, reaction: 12s }
scenarios:
  crash: { shock: { WETH: -40% }, over: 1h, hold: 1h }
  tail: { monte-carlo: { paths: ${paths}, horizon: 1d, step: 1h, seed: 7 } }
limits:
  - { metric: bad-debt, in: crash, max: 0 USD }
  - { metric: bad-debt, statistic: mean, in: tail, max: 100M USD }
`;
}

const positions = `positions:
      - { account: alice, asset: WETH, side: collateral, amount: 1000 }
      - { account: alice, asset: USDC, side: debt, amount: 2.2M }
      - { account: bob, asset: WETH, side: collateral, amount: 500 }
      - { account: bob, asset: USDC, side: debt, amount: 900k }`;

/** A valid file of `lines` lines: a book of accounts with one collateral and one debt each, all of them safe. */
export function longFile(lines: number): string {
  const around = cascade({ book: "positions:" }).split("\n").length;
  const accounts = Math.floor((lines - around) / 8);
  const rows = Array.from({ length: accounts }, (_, i) => [
    position(`a${i}`, "WETH", "collateral", 1 + i),
    position(`a${i}`, "USDC", "debt", 100 * (1 + i)),
  ]);
  return cascade({ book: `positions:\n${rows.flat().join("\n")}` });
}

function position(account: string, asset: string, side: string, amount: number): string {
  return `      - account: ${account}\n        asset: ${asset}\n        side: ${side}\n        amount: ${amount}`;
}

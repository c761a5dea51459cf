import { parse, type RiskFile } from "../../src/dsl/parse";
import type { Model, Scenario } from "../../src/engine/model";
import type { Samples } from "../../src/engine/samples";
import { pathCount } from "../../src/engine/timeline";
import { type Assessment, assess } from "../../src/insight/assess";
import { buildModel } from "../../src/model/build";
import { loadTables } from "../../src/model/load";
import { simulateInline } from "../../src/run/inline";

const head = `plimsoll: 1
assets:
  WETH: { price: 2000, volatility: 90% }
  wstETH: { pegged: { to: WETH, ratio: 1.2, volatility: 2% } }
  USDC: { price: 1, stable: {} }
venues:
  weth-usdc: { pair: [WETH, USDC], model: constant-product, reserves: [2000, 4M] }
  wsteth-weth: { pair: [wstETH, WETH], model: constant-product, reserves: [2000, 2400] }
oracles:
  eth-usd: { of: WETH }
  wsteth-usd: { base: eth-usd, rate: 1.2 }
  usdc-usd: { of: USDC }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth-usd, liquidationThreshold: 83%, liquidationBonus: 5% }
      wstETH: { oracle: wsteth-usd, liquidationThreshold: 80%, liquidationBonus: 6% }
      USDC: { oracle: usdc-usd }
    emodes:
      eth: { collateral: [wstETH], borrowable: [WETH], liquidationThreshold: 95%, liquidationBonus: 1% }
books:
  core:
    market: core
    positions:
      - { account: ann, asset: WETH, side: collateral, amount: 100 }
      - { account: ann, asset: USDC, side: debt, amount: 150k }
      - { account: bob, asset: WETH, side: collateral, amount: 50 }
      - { account: bob, asset: USDC, side: debt, amount: 60k }
      - { account: cat, asset: wstETH, side: collateral, amount: 10 }
      - { account: cat, asset: USDC, side: debt, amount: 18k }
      - { account: dan, asset: wstETH, side: collateral, amount: 100, emode: eth }
      - { account: dan, asset: WETH, side: debt, amount: 113, emode: eth }
liquidators:
  searchers: { capital: flash, minProfit: 10 USD, reaction: 12s }
scenarios:
  crash: { shock: { WETH: -50% }, hold: 1h }
  depeg: { shock: { wstETH: -20% }, hold: 1h }
  calm: { shock: { WETH: -1% } }
  tail: { monte-carlo: { paths: 1200, horizon: 1d, step: 2h, seed: 7 } }
  few: { monte-carlo: { paths: 40, horizon: 1d, step: 2h, seed: 7 } }
`;

export interface Small {
  readonly text: string;
  readonly file: RiskFile;
  readonly model: Model;
  scenario(name: string): Scenario;
  readonly scenarios: readonly Scenario[];
}

/** A lending market of four accounts, with the given limits (lines of YAML list items). */
export async function smallFile(...limits: readonly string[]): Promise<Small> {
  const list = limits.map((limit) => `  - { ${limit} }\n`).join("");
  return fileOf(limits.length === 0 ? head : `${head}limits:\n${list}`);
}

/** A file without data files that can be simulated. */
export async function fileOf(text: string): Promise<Small> {
  const source = parse(text);
  if (!source.file) throw new Error(source.problems.map(({ message }) => message).join("\n"));
  const tables = await loadTables(source.file, { read: () => Promise.reject(new Error("no data files")) });
  const { model, scenarios, findings } = buildModel(source.file, tables);
  if (!model) throw new Error(findings.map(({ message }) => message).join("\n"));
  const scenario = (name: string): Scenario => scenarios.find((each) => each.name === name)!;
  return { text, file: source.file, model, scenarios, scenario };
}

export function samplesOf({ model, scenario }: Small, name: string): Promise<Samples> {
  const found = scenario(name);
  return simulateInline({
    model,
    scenario: found,
    first: 0,
    count: pathCount(found),
  });
}

/** Everything about the named scenarios only. */
export async function assessed(names: readonly string[], ...limits: readonly string[]): Promise<Assessment> {
  const { file, model, scenario } = await smallFile(...limits);
  return assess({ file, model, scenarios: names.map(scenario) }, simulateInline);
}

/** The whole file after a run of all its scenarios. */
export async function assessedFile(limits: readonly string[]): Promise<Small & { assessment: Assessment }> {
  const small = await smallFile(...limits);
  return { ...small, assessment: await assess(small, simulateInline) };
}

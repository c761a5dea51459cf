import type { RiskFile } from "../dsl/parse";
import type { Finding } from "../dsl/problem";
import { finished, type Steps } from "../dsl/steps";
import type { Model, Scenario } from "../engine/model";
import { openBooks } from "./at-open";
import { buildAssets, buildCorrelations, buildOracles } from "./build-assets";
import { buildBackstops } from "./build-backstops";
import { type BuiltMarket, buildMarket } from "./build-market";
import { buildLiquidators, buildScenarios } from "./build-scenarios";
import { buildVaults } from "./build-vaults";
import { buildVenue } from "./build-venues";
import type { Tables } from "./load";
import { routeFindings } from "./route-findings";
import { staticFindings } from "./static-rules";
import { tableFindings } from "./table-findings";

export interface Built {
  /** Absent when the file or its data files have errors: a model without them would be another model. */
  readonly model?: Model;
  readonly scenarios: readonly Scenario[];
  /** Of data files, venues and books. Those of the static rules are not repeated here. */
  readonly findings: readonly Finding[];
}

const DEFAULT_NUMERAIRE = "USD";
const DEFAULT_BLOCK_TIME = 12;

/** Joins a risk file and its tables into what the engine simulates. */
export function buildModel(file: RiskFile, tables: Tables): Built {
  return finished(building(file, tables));
}

/** The same, with stops: a book may be long. */
export function* building(file: RiskFile, tables: Tables): Steps<Built> {
  const problems = tableFindings(file, tables);
  if (hasError(problems) || hasError(staticFindings(file))) return { scenarios: [], findings: problems };
  const assets = buildAssets(file.assets);
  const venues = Object.keys(file.venues ?? {}).map((name) => buildVenue(name, file, tables, assets));
  const oracles = buildOracles(file);
  const markets: BuiltMarket[] = [];
  for (const name of Object.keys(file.markets ?? {}))
    markets.push(yield* buildMarket(name, file, tables, { assets, oracles }));
  const model: Model = {
    numeraire: file.numeraire ?? DEFAULT_NUMERAIRE,
    blockTime: file.snapshot?.blockTime ?? DEFAULT_BLOCK_TIME,
    assets,
    correlationFactor: buildCorrelations(file),
    venues: venues.map((built) => built.venue),
    oracles,
    markets: markets.map((built) => built.market),
    backstops: buildBackstops(file),
    vaults: buildVaults(file),
    liquidators: buildLiquidators(file),
  };
  const findings = [
    ...problems,
    ...venues.flatMap((built) => built.findings),
    ...markets.flatMap((built) => built.findings),
  ];
  if (hasError(findings)) return { scenarios: [], findings };
  findings.push(...routeFindings(file, model, markets));
  yield;
  const opened = openBooks(file, model, markets);
  return {
    model: opened.model,
    scenarios: buildScenarios(file),
    findings: [...findings, ...opened.findings],
  };
}

function hasError(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}

import type { InterestTerms } from "./interest/pool";

/**
 * What the engine simulates. Everything is in base units: fractions, the numeraire, units of an asset,
 * seconds, years^-1/2 for volatilities. Assets, oracles, venues and markets refer to each other by index.
 */
export interface Model {
  readonly numeraire: string;
  /** Seconds between blocks; a liquidation round takes at least one. */
  readonly blockTime: number;
  readonly assets: readonly Asset[];
  /** Row-major lower Cholesky factor over the free assets in order of `assets`; size freeCount x freeCount, empty when nothing is drawn. */
  readonly correlationFactor: Float64Array;
  readonly venues: readonly Venue[];
  readonly oracles: readonly Oracle[];
  readonly markets: readonly Market[];
  /** Who pays bad debt, first to last. */
  readonly backstops: readonly Backstop[];
  readonly vaults: readonly Vault[];
  /** In order of name. */
  readonly liquidators: readonly Liquidator[];
}

export type Asset = FreeAsset | PeggedAsset | StableAsset;

interface AssetBase {
  readonly name: string;
  /** Price in the numeraire at the start of every scenario. */
  readonly price: number;
  readonly decimals: number;
}

export interface FreeAsset extends AssetBase {
  readonly kind: "free";
  /** Annualised, of log returns. */
  readonly volatility: number;
}

export interface PeggedAsset extends AssetBase {
  readonly kind: "pegged";
  /** Index of the base asset. */
  readonly base: number;
  readonly ratio: number;
  readonly volatility: number;
  /** Half-life of the log peg in seconds; Infinity: no reversion. */
  readonly reversion: number;
  readonly depeg?: JumpTerms;
}

export interface StableAsset extends AssetBase {
  readonly kind: "stable";
  readonly volatility: number;
  readonly reversion: number;
  readonly depeg?: JumpTerms;
}

export interface JumpTerms {
  /** Jumps a year. */
  readonly rate: number;
  readonly size: JumpSize;
}

/** Distribution of a jump's size in the log. */
export type JumpSize =
  | { readonly kind: "normal"; readonly mean: number; readonly spread: number }
  | {
      readonly kind: "double-exponential";
      /** Mean sizes of the jumps up and down, both positive. */
      readonly up: number;
      readonly down: number;
      /** Share of the jumps that go up. */
      readonly upward: number;
    };

/** A venue's state and price impact are those of asset `traded`, quoted in asset `quote`. */
export interface Venue {
  readonly name: string;
  readonly traded: number;
  readonly quote: number;
  readonly curve: Curve;
  /** Share of the input that is lost, by direction: selling the traded asset, buying it. */
  readonly sellFee: number;
  readonly buyFee: number;
  /** Half-life in seconds of the transient log impact; Infinity: it stays. */
  readonly recovery: number;
  /** Share of each log impact that never recovers. */
  readonly permanent: number;
}

/** Depth around the mid price: constant product by its invariant, quotes by a monotone marginal price. */
export type Curve =
  | { readonly model: "constant-product"; readonly invariant: number }
  | ConcentratedCurve
  | { readonly model: "quotes"; readonly sell: MarginalPrice; readonly buy: MarginalPrice };

/**
 * Liquidity by price, in units of the assets: L = sqrt(x y) of the virtual reserves. Prices are quote units per traded
 * unit and do not move with the mid price.
 */
export interface ConcentratedCurve {
  readonly model: "concentrated";
  /** Square roots of the prices at which the liquidity changes, rising. */
  readonly root: Float64Array;
  /** Below the first root, between each two, and above the last; where it is 0 nothing fills. */
  readonly liquidity: Float64Array;
}

/**
 * A piecewise-linear, non-increasing marginal price relative to the mid price, by size.
 * `size[0]` is 0 and `price[0]` is 1; beyond the last size nothing fills.
 * For `sell`, size is units of the traded asset sold and price is quote units received per unit over the mid.
 * For `buy`, size is units of the quote asset spent and price is traded units received per unit times the mid.
 */
export interface MarginalPrice {
  readonly size: Float64Array;
  readonly price: Float64Array;
}

export type Oracle = FeedOracle | RateOracle;

export interface FeedOracle {
  readonly name: string;
  readonly kind: "feed";
  readonly asset: number;
  /** Seconds; Infinity: none. */
  readonly heartbeat: number;
  /** Asset the price is in; absent: the numeraire. */
  readonly quote?: number;
  /** Relative move that triggers a report; Infinity: none. With neither, every price is reported. */
  readonly deviation: number;
  /** Seconds from report to visibility. */
  readonly delay: number;
}

export interface RateOracle {
  readonly name: string;
  readonly kind: "rate";
  /** Index of the base oracle; always smaller chains, never circular. */
  readonly base: number;
  readonly rate: number;
}

export interface Market {
  readonly name: string;
  /** Name of the rule set in `markets/rule-sets`. */
  readonly rules: string;
  readonly lending: LendingTerms;
  readonly book: Book;
}

/** What a lending rule set needs to know of a market. */
export interface LendingTerms {
  readonly reserves: readonly Reserve[];
  readonly emodes: readonly Emode[];
  /** Asset that the oracles' prices, and so capacities and debts, are in; absent: the numeraire. */
  readonly unit?: number;
  /** Reserve that accounts can come to hold on the way, and nobody holds at the start: the stablecoin in crvUSD's bands. */
  readonly alsoHeld?: number;
  /** Units of what is owed that the protocol has at the start to pay bad debt with, before any backstop: Maker. */
  readonly surplus?: number;
  /** The most that collateral is discounted: Euler v2. */
  readonly maxDiscount?: number;
  /** Rule sets that have one for the whole market: Compound v2. */
  readonly closeFactor?: number;
  /** What the market's own rule set alone reads: plain data, in its own shape. */
  readonly own?: object;
}

export interface Reserve {
  readonly asset: number;
  /** -1: its price is 1, as it is what the market's prices are in. */
  readonly oracle: number;
  /** Liquidation threshold or collateral factor; 0: not collateral. */
  readonly threshold: number;
  /** The part above 100%. */
  readonly bonus: number;
  /** Share of the bonus for the treasury. */
  readonly protocolFee: number;
  /** Absent: nothing accrues. */
  readonly interest?: InterestTerms;
  /** Rate a year, compounded all the time, on debts against this collateral, where every account has one and owes the last reserve. */
  readonly debtRate?: number;
}

export interface Emode {
  readonly name: string;
  /** Reserve indices. */
  readonly collateral: readonly number[];
  readonly threshold: number;
  readonly bonus: number;
}

/**
 * Accounts in canonical order (by id, in code units), legs of account i at `first[i]` to `first[i + 1]`,
 * collateral before debt and each by reserve index: results cannot depend on the order of a file's rows.
 */
export interface Book {
  readonly accounts: readonly string[];
  /** E-mode index of each account, -1 for none. */
  readonly emode: Int16Array;
  readonly first: Int32Array;
  /** Reserve index of each leg. */
  readonly reserve: Int16Array;
  /** 0 collateral, 1 debt. */
  readonly side: Uint8Array;
  /** Units of the reserve's asset. */
  readonly amount: Float64Array;
}

export interface Backstop {
  /** Index of the asset that it is kept in, and units of it. */
  readonly asset: number;
  readonly amount: number;
  /** Asset whose bad debt it pays. */
  readonly covers: number;
  /** Market whose bad debt it pays; absent: that of all. */
  readonly market?: number;
}

/** Supplies isolated markets with one asset. */
export interface Vault {
  readonly name: string;
  readonly asset: number;
  /** Units that are in no market. */
  readonly idle: number;
  readonly allocations: readonly Allocation[];
}

export interface Allocation {
  readonly market: number;
  /** Units at the start, part of what is supplied there in all. */
  readonly supplied: number;
}

export interface Liquidator {
  readonly name: string;
  readonly gasUnits: number;
  /** Units of the gas asset per unit of gas. */
  readonly gasPrice: number;
  /** Asset index, -1 when gas is free. */
  readonly gasAsset: number;
  /** Numeraire. */
  readonly minProfit: number;
  /** Seconds between two of the group's rounds. */
  readonly reaction: number;
}

export type Scenario = ShockScenario | ReplayScenario | MonteCarloScenario;

interface ScenarioBase {
  readonly name: string;
  /** False: sales do not move prices (the run shown beside the real one). */
  readonly feedback: boolean;
  /** Absent: as the model has them. */
  readonly surroundings?: Surroundings;
}

/** What changes around the protocol while a scenario lasts. */
export interface Surroundings {
  /** Multiple of every liquidator group's gas price. */
  readonly gas?: Path;
  /** Share of every venue's depth that is there. */
  readonly depth?: Path;
  /** Half-life in seconds of the depth that is missing after the path's last anchor; Infinity: it stays away. */
  readonly recover: number;
  readonly oracles: readonly OracleError[];
}

/** What an oracle reports instead of the market's price. */
export interface OracleError {
  readonly oracle: number;
  /** Of the price that it would report. */
  readonly multiple: Path;
  /** It follows the market no more: it would report its price at the start. */
  readonly frozen: boolean;
}

/** A positive quantity through time: log-linear between its anchors, constant before the first and after the last. */
export interface Path {
  /** Seconds, ascending. */
  readonly time: Float64Array;
  readonly value: Float64Array;
}

export interface ShockScenario extends ScenarioBase {
  readonly kind: "shock";
  /** Relative move by asset; on a pegged asset, of its peg. */
  readonly moves: Float64Array;
  readonly over: number;
  readonly hold: number;
}

/** Prices along given paths. */
export interface ReplayScenario extends ScenarioBase {
  readonly kind: "replay";
  /** By asset: the price over its start, on a pegged asset the peg; absent: it stays. */
  readonly levels: readonly (Path | undefined)[];
  readonly horizon: number;
}

export interface MonteCarloScenario extends ScenarioBase {
  readonly kind: "monte-carlo";
  readonly paths: number;
  readonly horizon: number;
  readonly step: number;
  readonly seed: number;
  /** Of the free assets; absent: geometric Brownian motion without drift in price. */
  readonly dynamics?: PriceDynamics;
}

/** `drift` is that of the expected price, a year. */
export type PriceDynamics =
  | { readonly model: "gbm"; readonly drift: number }
  | ({ readonly model: "garch"; readonly drift: number } & GarchTerms)
  | ({ readonly model: "heston"; readonly drift: number } & HestonTerms)
  | {
      readonly model: "jump-diffusion";
      readonly drift: number;
      /** Of each asset. */
      readonly jumps: JumpTerms;
      /** Share of the jumps that hit all free assets at once, with one size. */
      readonly common: number;
    };

/** With alpha and beta 0 returns over intervals are independent Student t. */
export interface GarchTerms {
  /** Seconds for which a variance holds. */
  readonly interval: number;
  /** Weights of the last interval's squared move and of its variance. */
  readonly alpha: number;
  readonly beta: number;
  /** Volatility at the start, over the long run's. */
  readonly start: number;
  /** Of the t distribution of an interval's moves, above 2; Infinity: normal. */
  readonly degreesOfFreedom: number;
}

export interface HestonTerms {
  /** Half-life in seconds of what the variance differs from its long run. */
  readonly reversion: number;
  /** Of the variance over its long run where it is there, years^-1/2; above 0. */
  readonly volatility: number;
  /** Of a variance with its asset's price. */
  readonly correlation: number;
  /** Volatility at the start, over the long run's. */
  readonly start: number;
}

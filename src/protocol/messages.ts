/**
 * What the server, the extension and the panel say to each other beyond LSP.
 * Types only, but for the version: a peer of another version is told so instead of being misread.
 */
export const PROTOCOL_VERSION = 1;

/** Client to server, request: run the file's scenarios now. Result: true when the run was started. */
export const SIMULATE = "plimsoll/simulate";
/** Client to server, request: ends the run of a file, or of every file. Result: true when one was under way. */
export const CANCEL = "plimsoll/cancel";
/** Client to server, notification: which file and asset the panel shows; undefined uri when it is closed. */
export const SHOW = "plimsoll/show";
/** Server to client, notification: what the panel shows of one file. */
export const PICTURE = "plimsoll/picture";

export interface SimulateParams {
  readonly uri: string;
}

export interface CancelParams {
  /** Absent: every file. */
  readonly uri?: string;
}

export interface ShowParams {
  readonly uri?: string;
  /** Asset of the fall curve; absent: the file's first shocked asset. */
  readonly asset?: string;
}

/** Everything the panel draws. Newer pictures replace older ones of the same file. */
export interface Picture {
  readonly protocol: typeof PROTOCOL_VERSION;
  readonly uri: string;
  readonly name: string;
  /** Document version the results are of. */
  readonly version: number;
  /** True when the text was edited since, so that the results may no longer hold. */
  readonly stale: boolean;
  readonly status: RunStatus;
  readonly numeraire: string;
  readonly limits: readonly LimitRow[];
  readonly fallCurve?: FallCurveSeries;
  readonly worstPath?: WorstPathSeries;
  readonly distribution?: DistributionSeries;
}

export type RunStatus =
  | { readonly state: "empty"; readonly message: string }
  | { readonly state: "invalid"; readonly message: string }
  | { readonly state: "running"; readonly done: number; readonly total: number }
  | { readonly state: "done"; readonly seconds: number; readonly finishedAt: string }
  | { readonly state: "cancelled" }
  | { readonly state: "failed"; readonly message: string };

export interface LimitRow {
  /** Position in the file's list. */
  readonly index: number;
  readonly title: string;
  readonly verdict: "pass" | "fail" | "undecided";
  /** Already written with unit, and interval where there is one. */
  readonly measured: string;
  readonly limit: string;
}

/** Arrays have one entry a fall; falls are fractions of today's price. */
export interface FallCurveSeries {
  readonly asset: string;
  readonly assets: readonly string[];
  readonly falls: readonly number[];
  readonly withFeedback: { readonly liquidatedValue: readonly number[]; readonly badDebt: readonly number[] };
  readonly withoutFeedback: {
    readonly liquidatedValue: readonly number[];
    readonly badDebt: readonly number[];
  };
}

/** The path with the largest bad debt (then liquidated value) over all scenarios. */
export interface WorstPathSeries {
  readonly scenario: string;
  readonly path: number;
  readonly seed?: number;
  /** Hours. */
  readonly hours: readonly number[];
  /** Relative to the start, of the assets that moved most (at most four). */
  readonly prices: readonly {
    readonly asset: string;
    readonly market: readonly number[];
    readonly oracle?: readonly number[];
  }[];
  readonly liquidatedValue: readonly number[];
  readonly badDebt: readonly number[];
}

/** The distribution of one loss over the paths of a Monte Carlo scenario. */
export interface DistributionSeries {
  readonly scenario: string;
  readonly metric: "bad-debt" | "liquidated-value";
  readonly paths: number;
  readonly totalPaths: number;
  readonly seed: number;
  readonly probabilityOfLoss: number;
  /** Histogram of the losses above zero: edges has one entry more than counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly zeros: number;
  readonly level: number;
  readonly valueAtRisk?: Estimate;
  readonly expectedShortfall?: Estimate;
  /** Why a figure is missing, and the number of paths needed. */
  readonly note?: string;
}

export interface Estimate {
  readonly value: number;
  /** 95% confidence interval. */
  readonly lower: number;
  readonly upper: number;
}

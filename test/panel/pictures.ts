import type { Picture } from "../../src/protocol/messages";
import { distribution, fallCurve, worstPath } from "../charts/series";

export const finished: Picture = {
  protocol: 1,
  uri: "file:///risk/aave-v3-core.risk.yaml",
  name: "aave-v3-core.risk.yaml",
  version: 4,
  stale: false,
  status: { state: "done", seconds: 1.874, finishedAt: "2026-01-05T14:03:22.000Z" },
  numeraire: "USD",
  limits: [
    {
      index: 0,
      title: "Expected shortfall 95% of bad debt in tail",
      verdict: "fail",
      measured: "$0.74M (95% interval $0.61M to $0.87M)",
      limit: "at most $0.5M",
    },
    {
      index: 1,
      title: "Probability of bad debt in tail",
      verdict: "pass",
      measured: "6.3% (5.3% to 7.5%)",
      limit: "at most 10%",
    },
    {
      index: 2,
      title: "Stalled debt after a fall of WETH by 35%",
      verdict: "undecided",
      measured: "$1.02M (95% interval $0.93M to $1.11M)",
      limit: "at most $1M",
    },
  ],
  fallCurve,
  worstPath,
  distribution,
};

export const running: Picture = {
  ...finished,
  status: { state: "running", done: 1200, total: 2000 },
  stale: true,
  distribution: { ...distribution, paths: 1200, zeros: 1124 },
};

export const empty: Picture = {
  protocol: 1,
  uri: "file:///risk/new.risk.yaml",
  name: "new.risk.yaml",
  version: 1,
  stale: false,
  status: { state: "empty", message: "Save the file, or press Run, to simulate its scenarios." },
  numeraire: "USD",
  limits: [],
};

export const invalid: Picture = {
  ...finished,
  status: { state: "invalid", message: "the file has 2 errors; the Problems view lists them." },
  stale: true,
};

/** A file whose scenarios do no harm, in a numeraire of its own. */
export const harmless: Picture = {
  ...finished,
  name: "compound-dai-2020.risk.yaml",
  numeraire: "DAI",
  limits: [],
  fallCurve: {
    ...fallCurve,
    withFeedback: { liquidatedValue: fallCurve.falls.map(() => 0), badDebt: fallCurve.falls.map(() => 0) },
    withoutFeedback: { liquidatedValue: fallCurve.falls.map(() => 0), badDebt: fallCurve.falls.map(() => 0) },
  },
  worstPath: {
    scenario: "calm",
    path: 0,
    hours: [0, 1],
    prices: [],
    liquidatedValue: [0, 0],
    badDebt: [0, 0],
  },
  distribution: {
    ...distribution,
    edges: [],
    counts: [],
    zeros: 2000,
    probabilityOfLoss: 0,
    valueAtRisk: undefined,
    expectedShortfall: undefined,
    note: "None of 2,000 paths has a loss: the probability of one is below 0.15% (95%).",
  },
};

/** Names and messages as long and as hostile as a file can make them. */
export const hostile: Picture = {
  ...finished,
  name: `<img src=x onerror="document.title='broken'">&amp;.risk.yaml`,
  numeraire: 'U<b>S"D',
  limits: [
    {
      index: 0,
      title: `${"averyveryverylongname".repeat(8)}<script>document.title='broken'</script>`,
      verdict: "fail",
      measured: "123456789".repeat(12),
      limit: "at most <i>1</i>",
    },
  ],
  fallCurve: {
    ...fallCurve,
    asset: `<svg onload=1>${"LONG".repeat(20)}`,
    assets: [`<svg onload=1>${"LONG".repeat(20)}`],
    withFeedback: {
      liquidatedValue: fallCurve.falls.map((_, index) => (index === 3 ? Number.NaN : index * 1e9)),
      badDebt: fallCurve.falls.map((_, index) => (index === 5 ? Number.POSITIVE_INFINITY : 0)),
    },
  },
  worstPath: { ...worstPath, scenario: `a\u0000b<c>"&d`, prices: [{ asset: "<g>", market: [1] }] },
};

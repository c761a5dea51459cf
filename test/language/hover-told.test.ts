import { beforeAll, describe, expect, it } from "vitest";
import { hover } from "../../src/language/hover/hover";
import type { Told } from "../../src/language/last-run";
import { openText } from "./fixtures";
import { toldOf } from "./told";

const LIMITS = [
  "metric: bad-debt, in: crash, max: 50k USD",
  "metric: bad-debt, in: crash, asset: wstETH, max: 1M USD",
  "metric: liquidated-value, statistic: mean, in: tail, max: 1M USD",
  "metric: bad-debt, statistic: es, level: 95%, in: few, max: 1M USD",
];

let told: Required<Told> & { text: string };

beforeAll(async () => {
  told = await toldOf(LIMITS);
});

/** The hover at the beginning of a text, or of the second text that follows the first. */
function hoverAt(
  words: string,
  then = "",
  { text = told.text, ...known }: Partial<typeof told> = {},
): string {
  const after = text.indexOf(words);
  const at = text.indexOf(then, after);
  if (after < 0 || at < 0) throw new Error(`There is no ${words} ${then}.`);
  const { source } = openText(text);
  return hover(source, at, source.problems, { lastRun: told.lastRun, stake: told.stake, ...known })!.markdown;
}

/** The picture of a hover, as SVG. */
function svgOf(markdown: string): string {
  const [, data] = /!\[[^\n]*\]\(data:image\/svg\+xml;base64,([\w+/=]+)\)/.exec(markdown) ?? [];
  if (!data) throw new Error(`There is no picture in ${markdown}.`);
  return Buffer.from(data, "base64").toString("utf8");
}

describe("the hover of a threshold", () => {
  it("tells the share of each limit's figure that comes through it", () => {
    const found = hoverAt("liquidationThreshold: 83%", "83%");
    expect(found).toContain("**Last run** (3 min ago)");
    expect(found).toContain(
      "- bad debt in crash: **$76.3K**, at most $50K: broken; 91.2% of the bad debt comes through WETH in core",
    );
    expect(found).toMatch(
      /95% interval \$[\d.]+K to \$[\d.]+K\)\*\*, at most \$1M: kept; [\d.]+% of the liquidated value/,
    );
  });

  it("says when it is of a text before an edit", () => {
    const lastRun = { ...told.lastRun, stale: true };
    expect(hoverAt("liquidationThreshold: 83%", "83%", { lastRun })).toContain(
      "**Last run** (3 min ago, before this edit)",
    );
  });

  it("is silent where the last run measured nothing of it", () => {
    expect(hoverAt("USDC: { oracle: usdc-usd", "oracle")).not.toContain("Last run");
  });
});

describe("the hover beside a threshold", () => {
  it("tells what comes through the entry, and limits on its asset alone", () => {
    const found = hoverAt("wstETH: { oracle", "6%");
    expect(found).toMatch(
      /bad debt \(wstETH\) in crash: \*\*\$[\d.]+K\*\*, at most \$1M: kept; 100% of the bad debt/,
    );
  });
});

describe("the hover of a limit", () => {
  it("tells verdict, figure and what carries it", () => {
    const found = hoverAt("max: 50k USD", "50k");
    expect(found).toContain("bad debt in crash: **$76.3K**, at most $50K: broken");
    expect(found).toContain("- 91.2% of the bad debt comes through WETH in core");
    expect(svgOf(found)).toContain("measured $76.3K");
  });

  it("asks for paths where there are too few", () => {
    expect(hoverAt("95%, in: few", "few")).toContain("**needs 1,000 paths**, at most $1M: undecided");
  });

  it("finds its result when it has moved, or its bound was edited", () => {
    const moved = told.text.replace(
      "limits:\n",
      "limits:\n  - { metric: shortfall, in: crash, max: 1 USD }\n",
    );
    expect(hoverAt("max: 50k USD", "50k", { text: moved })).toContain("**$76.3K**");
    const edited = told.text.replace("max: 50k USD", "max: 60k USD");
    expect(hoverAt("max: 60k USD", "60k", { text: edited })).toContain("**$76.3K**, at most $50K");
    const other = told.text.replace("bad-debt, in: crash, max", "shortfall, in: crash, max");
    expect(hoverAt("max: 50k USD", "50k", { text: other })).not.toContain("Last run");
  });
});

describe("the hover of a scenario", () => {
  it("tells the losses of a shock, and draws its worst path", () => {
    const found = hoverAt("crash: { shock");
    expect(found).toContain("- bad debt: **$76.3K**");
    expect(found).toContain("- liquidated value: **$");
    expect(svgOf(found)).toContain("bad debt");
  });

  it("tells the statistics of a Monte Carlo with their intervals", () => {
    const found = hoverAt("tail: { monte-carlo");
    expect(found).toContain("- 1,200 paths, seed 7");
    expect(found).toMatch(/liquidated value: 95% expected shortfall \*\*\$[\d.]+K \(95% interval/);
  });
});

describe("the hover of an asset", () => {
  it("tells what is held and owed, in units and value", () => {
    const found = hoverAt("WETH: { price: 2000");
    expect(found).toContain("| WETH | 150 WETH · $300K | 113 WETH · $226K |");
  });

  it("tells what its venue takes and gives at an impact", () => {
    const found = hoverAt("WETH: { price: 2000");
    expect(found).toContain("| Depth of weth\\-usdc, at a price impact of | 1% | 5% | 10% |");
    expect(found).toContain("| WETH sold | $20.2K | $104K | $216K |");
    expect(found).toContain("| WETH bought | $20K | $98.8K | $195K |");
  });

  it("tells who could be liquidated when it falls", () => {
    const found = hoverAt("WETH: { price: 2000");
    expect(found).toContain("| Liquidatable if WETH falls by | 10% | 20% | 30% |");
    expect(found).toContain("| accounts | 2 | 2 | 3 |");
    expect(found).toContain("| their debt | $168K | $168K | $228K |");
  });

  it("draws its fall curve where the run has one, else who could be liquidated", () => {
    expect(svgOf(hoverAt("WETH: { price: 2000"))).toContain("liquidated");
    const { assessment } = told.lastRun;
    const lastRun = { ...told.lastRun, assessment: { ...assessment!, fallCurve: undefined } };
    expect(svgOf(hoverAt("WETH: { price: 2000", "", { lastRun }))).toContain("collateral");
  });

  it("says that no venue trades it", () => {
    expect(hoverAt("USDC: { price: 1")).toContain("No venue trades USDC against another asset.");
  });

  it("says that it is being worked out", () => {
    expect(hoverAt("WETH: { price: 2000", "", { stake: undefined })).toContain("being worked out");
  });
});

describe("the hover of a market", () => {
  it("tells its accounts, reserves, and who could be liquidated when everything falls", () => {
    const found = hoverAt("core:\n    kind", "core");
    expect(found).toContain("4 accounts hold $564K and owe $454K.");
    expect(found).toContain("| wstETH | 110 wstETH · $264K | 0 wstETH · $0 |");
    expect(found).toContain("| Liquidatable if all free assets fall by | 10% | 20% | 30% |");
    expect(svgOf(found)).toContain("collateral");
  });
});

describe("the hover of a reserve", () => {
  it("tells what its market holds of it", () => {
    expect(hoverAt("wstETH: { oracle")).toContain("| wstETH | 110 wstETH · $264K |");
  });
});

describe("the hover of a venue", () => {
  it("tells its depth", () => {
    expect(hoverAt("weth-usdc: { pair")).toContain("| WETH sold | $20.2K | $104K | $216K |");
  });
});

it("no hover of the file is larger than an editor takes, and no picture than 4 kB", () => {
  const { source } = openText(told.text);
  for (let offset = 0; offset < told.text.length; offset += 3) {
    const found = hover(source, offset, [], told);
    expect(found?.markdown.length ?? 0).toBeLessThan(8_000);
    const picture = /\(data:[^)]+\)/.exec(found?.markdown ?? "");
    expect(picture?.[0].length ?? 0).toBeLessThan(4_000);
  }
});

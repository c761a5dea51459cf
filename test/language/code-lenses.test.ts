import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { codeLenses } from "../../src/language/code-lenses";
import { NOTHING_TOLD, type Told } from "../../src/language/last-run";
import { openText } from "./fixtures";
import { toldOf } from "./told";

const LIMITS = [
  "metric: bad-debt, in: crash, max: 50k USD",
  "metric: liquidated-value, statistic: mean, in: tail, max: 1M USD",
  "metric: bad-debt, statistic: es, level: 95%, in: few, max: 1M USD",
  "metric: amplification, asset: WETH, in: crash, max: 3x",
  "metric: liquidated-accounts, in: crash, max: 1",
];

let told: Required<Told> & { text: string };

beforeAll(async () => {
  told = await toldOf(LIMITS);
});

function lensesOf(text: string, known: Told = NOTHING_TOLD) {
  const { document, source } = openText(text);
  return codeLenses({ document, source, told: known });
}

/** The titles of the lenses on the line that begins with a text. */
function titlesAt(
  line: string,
  { text = told.text, ...known }: Partial<typeof told> = {},
): (string | undefined)[] {
  const index = text.split("\n").findIndex((each) => each.trimStart().startsWith(line));
  if (index < 0) throw new Error(`There is no line ${line}.`);
  const lenses = lensesOf(text, { lastRun: told.lastRun, stake: told.stake, ...known });
  return lenses.filter(({ range }) => range.start.line === index).map(({ command }) => command?.title);
}

describe("at the top", () => {
  it("the file can be simulated and compared with HEAD", () => {
    const [first, second] = lensesOf("# A comment.\nplimsoll: 1\nassets:\n  A: { price: 1 }\n");
    expect(first.range.start).toEqual({ line: 1, character: 0 });
    expect([first, second].map(({ command }) => command)).toEqual([
      { title: "Simulate", command: "plimsoll.simulate", arguments: ["file:///risk/a.risk.yaml"] },
      {
        title: "Compare with HEAD",
        command: "plimsoll.compareWithHead",
        arguments: ["file:///risk/a.risk.yaml"],
      },
    ]);
  });

  it.each(["", "- a\n", "just text"])("there is nothing where there is no file: %j", (text) => {
    expect(lensesOf(text)).toEqual([]);
  });
});

describe("a scenario", () => {
  it("tells the losses of a shock and how old they are", () => {
    expect(titlesAt("crash:")).toEqual(["Simulate", "Open chart", "bad debt $76.3K, 3 min ago"]);
  });

  it("tells of a Monte Carlo the expected shortfall with its interval", () => {
    expect(titlesAt("tail:")[2]).toMatch(
      /^(no bad debt, )?95% expected shortfall of (bad debt|liquidated value) \$[\d.]+K \(95% interval \$[\d.]+K to \$[\d.]+K\), 3 min ago$/,
    );
  });

  it("tells the mean where the tail is too thin", () => {
    expect(titlesAt("few:")[2]).toMatch(/mean (bad debt|liquidated value)/);
  });

  it("says when nothing is lost", () => {
    expect(titlesAt("calm:")[2]).toBe("nothing is liquidated, 3 min ago");
  });

  it("opens the chart of the asset that falls", () => {
    const open = lensesOf(told.text, told).filter(({ command }) => command?.title === "Open chart");
    expect(open[0].command?.arguments).toEqual(["file:///risk/a.risk.yaml", "WETH"]);
    expect(open.at(-1)?.command?.arguments).toEqual(["file:///risk/a.risk.yaml"]);
  });

  it("has no result before the first run, and says when it is older than an edit", () => {
    expect(titlesAt("crash:", { lastRun: undefined })).toEqual(["Simulate", "Open chart"]);
    const lastRun = { ...told.lastRun, stale: true };
    expect(titlesAt("crash:", { lastRun })[2]).toBe("bad debt $76.3K, 3 min ago, before this edit");
  });
});

describe("a limit", () => {
  it.each([
    ["- { metric: bad-debt, in: crash", "✗ broken: bad debt in crash $76.3K, at most $50K, 3 min ago"],
    [
      "- { metric: bad-debt, statistic: es",
      "? undecided: 95% expected shortfall of bad debt in few needs 1,000 paths, at most $1M, 3 min ago",
    ],
    ["- { metric: liquidated-accounts", "✗ broken: liquidated accounts in crash 3, at most 1, 3 min ago"],
  ])("tells verdict and figure: %s", (line, title) => {
    expect(titlesAt(line)).toEqual([title]);
  });

  it("tells the interval of a statistic, and a multiple as one", () => {
    expect(titlesAt("- { metric: liquidated-value")[0]).toMatch(
      /^✓ kept: mean liquidated value in tail \$[\d.]+K \(95% interval \$[\d.]+K to \$[\d.]+K\), at most \$1M/,
    );
    expect(titlesAt("- { metric: amplification")[0]).toMatch(
      /^✓ kept: amplification \(WETH\) in crash [\d.]+x, at most 3x/,
    );
  });

  it("that was not run has no lens", () => {
    const text = `${told.text}  - { metric: shortfall, in: crash, max: 1 USD }\n`;
    expect(titlesAt("- { metric: shortfall", { text })).toEqual([]);
  });
});

it("every command of a lens is one that the extension has", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const known: string[] = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  const used = lensesOf(told.text, told).flatMap(({ command }) => command?.command || []);
  expect(used.filter((command) => !known.includes(command))).toEqual([]);
});

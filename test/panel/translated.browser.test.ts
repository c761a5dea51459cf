import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Picture } from "../../src/protocol/messages";
import { englishIn, foreign, foreignTexts } from "../l10n/foreign";
import { type PanelPages, send, startPanelPages } from "./panel-page";
import { empty, finished, harmless, running } from "./pictures";

/** Of the pictures; AM and PM are of the browser. */
const NAMES = [
  "WETH",
  "WBTC",
  "wstETH",
  "USD",
  "DAI",
  "AM",
  "PM",
  "tail",
  "calm",
  "aave-v3-core",
  "compound-dai-2020",
  "new",
  "risk",
  "yaml",
];

let pages: PanelPages;
let page: Page;

beforeAll(async () => {
  pages = await startPanelPages(foreignTexts);
});

afterAll(() => pages?.close());

beforeEach(async () => {
  page = await pages.open();
});

afterEach(() => page.close());

/** What the server has put into words already. */
function translated(picture: Picture): Picture {
  const limits = picture.limits.map(({ title, measured, limit, ...row }) => ({
    ...row,
    title: foreign(title),
    measured: foreign(measured),
    limit: foreign(limit),
  }));
  const { status, distribution } = picture;
  return {
    ...picture,
    limits,
    status: "message" in status ? { ...status, message: foreign(status.message) } : status,
    distribution: distribution && { ...distribution, note: foreign(distribution.note ?? "") },
  };
}

/** Every text of the page, also of tooltips, tables that are closed, and names for a screen reader. */
function textsOf(): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.querySelector("main")!, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) found.push(walker.currentNode.textContent ?? "");
    for (const element of document.querySelectorAll("[aria-label]")) found.push(element.ariaLabel ?? "");
    return found;
  });
}

describe("a panel whose page was given the texts of another language", () => {
  test("greets in it", async () => {
    expect(await page.locator("main").textContent()).toBe(
      foreign("Open a file that ends in .risk.yaml to see its simulated losses here."),
    );
  });

  test.each([
    ["a finished run", finished],
    ["a run under way", running],
    ["no run", empty],
    ["a harmless run", harmless],
    ["an old text", { ...finished, stale: true }],
    ["no charts", { ...finished, fallCurve: undefined, worstPath: undefined, distribution: undefined }],
    ["no limits", { ...finished, limits: [] }],
    ["a failed run", { ...finished, status: { state: "failed", message: "lost" } }],
    ["a cancelled run", { ...finished, status: { state: "cancelled" } }],
    ["an invalid file", { ...finished, status: { state: "invalid", message: "errors" } }],
    ["another version", { ...finished, protocol: 2 } as unknown as Picture],
  ] as const)("shows %s in it", async (_, picture) => {
    await send(page, translated(picture));
    const texts = await textsOf();
    expect(texts.length).toBeGreaterThan(0);
    const english = texts.map((text) => ({ text, english: englishIn(text, NAMES) }));
    expect(english.filter(({ english }) => english.length > 0)).toEqual([]);
  });
});

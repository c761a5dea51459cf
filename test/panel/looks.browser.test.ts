import { mkdir } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Picture } from "../../src/protocol/messages";
import { type PanelPages, recorded, send, startPanelPages } from "./panel-page";
import { empty, finished, harmless, hostile, invalid, running } from "./pictures";
import { type Theme, themes } from "./themes";

const folder = "test-results/panel";
let pages: PanelPages;

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  pages = await startPanelPages();
});

afterAll(() => pages?.close());

const states: Record<string, Picture> = { finished, running, empty, invalid, harmless, hostile };

describe.each(Object.keys(themes) as Theme[])("in the theme %s", (theme) => {
  test.each([300, 800])("nothing overflows or overlaps at %i px", async (width) => {
    const page = await pages.open({ theme, width });
    await send(page, finished);
    await page.screenshot({ path: `${folder}/${theme}-${width}.png`, fullPage: true });
    await expectTidy(page);
    await page.close();
  });

  test("every line has a colour, also in the legend", async () => {
    const page = await pages.open({ theme });
    await send(page, finished);
    const strokes = await page
      .locator(".chart .line")
      .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).stroke));
    expect(strokes.length).toBeGreaterThan(6);
    expect(strokes).not.toContain("none");
    await page.close();
  });
});

describe.each(Object.entries(states))("the state %s", (name, picture) => {
  test.each([300, 800])("is tidy at %i px", async (width) => {
    const page = await pages.open({ width });
    await send(page, picture);
    await page.screenshot({ path: `${folder}/state-${name}-${width}.png`, fullPage: true });
    await expectTidy(page);
    await page.close();
  });
});

test("forced colours keep the text and the lines visible", async () => {
  const page = await pages.open({ forcedColors: true });
  await send(page, finished);
  await page.screenshot({ path: `${folder}/forced-colours.png`, fullPage: true });
  const strokes = await page
    .locator("svg path.line")
    .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).stroke));
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(strokes.length).toBeGreaterThan(6);
  expect(strokes).not.toContain(paper);
  await page.close();
});

/** No part is wider than the page, no text of a chart is cut, too small or on another one, and the policy holds. */
async function expectTidy(page: Page): Promise<void> {
  expect(await page.evaluate(widerThanPage)).toEqual([]);
  expect(await page.evaluate(chartTextTroubles)).toEqual([]);
  expect((await recorded(page)).violations).toEqual([]);
}

function widerThanPage(): string[] {
  const limit = document.documentElement.clientWidth;
  return [...document.querySelectorAll("main *")]
    .filter((part) => part.closest("details") === null && part.getBoundingClientRect().right > limit + 0.5)
    .map((part) => `${part.tagName} ${part.textContent?.slice(0, 40)}`);
}

function chartTextTroubles(): string[] {
  const troubles: string[] = [];
  for (const svg of document.querySelectorAll("figure svg")) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].map((text) => ({
      name: text.textContent ?? "",
      size: Number.parseFloat(getComputedStyle(text).fontSize),
      box: text.getBoundingClientRect(),
    }));
    for (const { name, size, box } of texts) {
      if (size < 13.33) troubles.push(`${name} is ${size} px`);
      if (
        box.left < frame.left ||
        box.right > frame.right ||
        box.top < frame.top ||
        box.bottom > frame.bottom
      )
        troubles.push(`${name} is cut`);
    }
    texts.forEach((one, index) => {
      for (const other of texts.slice(index + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (across > 0 && down > 2) troubles.push(`${one.name} is on ${other.name}`);
      }
    });
  }
  return troubles;
}

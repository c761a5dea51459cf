import { chromium } from "playwright-core";
import { browserOptions } from "./chromium.mjs";

/**
 * Opens VS Code's workbench in a headless browser and waits until it is there.
 * @param {string} url
 * @returns {Promise<{ browser: import("playwright-core").Browser, page: import("playwright-core").Page }>}
 */
export async function openWorkbench(url) {
  const browser = await chromium.launch(await browserOptions());
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url, { timeout: 90_000 });
    await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
    return { browser, page };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * The rows of the Problems panel, which is opened when it is not: one text a row, the message with its source.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
export async function problems(page) {
  const panel = page.locator(".markers-panel");
  if (!(await panel.isVisible())) {
    await page.locator('[id="status.problems"]').click();
    await panel.waitFor();
  }
  const rows = await panel.locator(".monaco-list-row").allInnerTexts();
  return rows.map((row) => row.replace(/\s+/g, " ").trim());
}

/**
 * The frame of the Plimsoll panel, once a chart is drawn in it.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<import("playwright-core").Frame | undefined>}
 */
export async function panelFrame(page) {
  for (const frame of page.frames()) {
    const charts = await frame
      .locator("figure.chart svg")
      .count()
      .catch(() => 0);
    if (charts > 0) return frame;
  }
  return undefined;
}

/**
 * The charts of the panel: the name of each and the number of marks drawn in it.
 * @param {import("playwright-core").Frame} frame
 * @returns {Promise<{ name: string, marks: number }[]>}
 */
export async function charts(frame) {
  const figures = await frame.locator("figure.chart").all();
  return Promise.all(
    figures.map(async (figure) => ({
      name: (await figure.getAttribute("data-chart")) ?? "",
      marks: await figure.locator("svg :is(path, rect, line, circle, polyline, polygon)").count(),
    })),
  );
}

/**
 * Asks again until `read` gives something, or fails with `message`.
 * @template T
 * @param {() => Promise<T | undefined | null | false>} read
 * @param {string} message what did not come
 * @param {number} within milliseconds
 * @returns {Promise<T>}
 */
export async function until(read, message, within = 60_000) {
  const deadline = Date.now() + within;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`${message} within ${within / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

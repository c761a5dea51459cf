import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Picture } from "../../src/protocol/messages";
import { bundles, type PanelPages, recorded, send, startPanelPages } from "./panel-page";
import { empty, finished, hostile, invalid, running } from "./pictures";

let pages: PanelPages;
let page: Page;

beforeAll(async () => {
  pages = await startPanelPages();
});

afterAll(() => pages?.close());

beforeEach(async () => {
  page = await pages.open();
});

afterEach(() => page.close());

async function textOf(selector: string): Promise<string> {
  return (await page.locator(selector).textContent()) ?? "";
}

describe("the panel", () => {
  test("says that it is ready, and what to do while it has nothing", async () => {
    expect((await recorded(page)).sent).toEqual([{ type: "ready", protocol: 1 }]);
    expect(await textOf("main")).toBe(
      "Open a file that ends in .risk.yaml to see its simulated losses here.",
    );
  });

  test("draws three charts, each with its sentence and its data table", async () => {
    await send(page, finished);
    for (const [name, rows, columns] of [
      ["fall-curve", 31, 5],
      ["worst-path", 120, 9],
      ["loss-distribution", 15, 4],
    ] as const) {
      const figure = page.locator(`figure.chart[data-chart="${name}"]`);
      expect(await figure.locator("svg :is(path, rect, line)").count()).toBeGreaterThan(10);
      expect(await figure.locator("figcaption").textContent()).toMatch(/\d/);
      await figure.locator("summary").click();
      expect(await figure.locator("tbody tr").count()).toBe(rows);
      expect(await figure.locator("thead th").count()).toBe(columns);
    }
  });

  test("gives each chart a name and a description to a screen reader", async () => {
    await send(page, finished);
    const chart = page.getByRole("img", { name: "Losses against a fall of WETH" });
    expect(await chart.count()).toBe(1);
  });

  test("shows each limit with a verdict in words", async () => {
    await send(page, finished);
    const rows = await page.locator(".limits li").allInnerTexts();
    expect(rows).toHaveLength(3);
    expect(rows[0].replace(/\s+/g, " ")).toBe(
      "✕Broken Expected shortfall 95% of bad debt in tail measured $0.74M (95% interval $0.61M to $0.87M) limit at most $0.5M",
    );
    expect(await textOf("section .caption")).toBe("1 broken, 1 undecided, 1 kept");
  });

  test("follows a run: progress, then how long it took", async () => {
    await send(page, running);
    expect(await textOf(".state")).toBe("Running");
    expect(await textOf(".count")).toBe("1,200 of 2,000 paths");
    expect(await page.locator("progress").evaluate((bar: HTMLProgressElement) => bar.value / bar.max)).toBe(
      0.6,
    );
    await send(page, finished);
    expect(await textOf(".state")).toMatch(/^Done in 1.9 s at /);
    expect(await page.locator("progress").isVisible()).toBe(false);
  });

  test.each([
    ["failed", { state: "failed", message: "a worker was lost" }, "The run failed: a worker was lost"],
    ["cancelled", { state: "cancelled" }, "Cancelled. Save or run the file again for new results."],
    ["invalid", invalid.status, "Not simulated: the file has 2 errors; the Problems view lists them."],
  ] as const)("says that a run %s and keeps the older results, marked so", async (_, status, said) => {
    await send(page, { ...finished, status, stale: true });
    expect(await textOf(".state")).toBe(said);
    expect(await textOf(".stale")).toBe(
      "These results are of an older version of the file (4). Save or run it for new ones.",
    );
    expect(await page.locator("figure svg").count()).toBe(3);
  });

  test("tells what to do when a file has no results yet, and shows no empty charts", async () => {
    await send(page, empty);
    expect(await textOf("main")).toContain("Save the file, or press Run, to simulate its scenarios.");
    expect(await page.locator("figure").first().isVisible()).toBe(false);
  });

  test("says of a chart that is missing why", async () => {
    await send(page, { ...finished, distribution: undefined });
    expect(await textOf('[data-chart="loss-distribution"]')).toContain(
      "Nothing to draw: the file has no Monte Carlo scenario.",
    );
  });

  test("refuses messages of another version instead of misreading them", async () => {
    await send(page, { ...finished, protocol: 2 } as unknown as Picture);
    expect(await textOf("main")).toBe(
      "This panel understands messages of version 1, and got version 2. Reload the window to start both anew.",
    );
  });
});

describe("at the keyboard", () => {
  test("every control is reached in order and shows its focus", async () => {
    await send(page, finished);
    const reached: string[] = [];
    for (let press = 0; press < 5; press++) {
      await page.keyboard.press("Tab");
      const { tag, outline } = await page.evaluate(focused);
      expect(outline).not.toBe("none");
      reached.push(tag);
    }
    expect(reached).toEqual(["BUTTON", "SELECT", "SUMMARY", "SUMMARY", "SUMMARY"]);
  });

  test("Run asks for a simulation", async () => {
    await send(page, finished);
    await page.getByRole("button", { name: "Run" }).focus();
    await page.keyboard.press("Enter");
    expect((await recorded(page)).sent).toContainEqual({ type: "simulate" });
  });

  test("a data table opens, is reached and scrolls", async () => {
    await send(page, finished);
    const figure = page.locator('[data-chart="fall-curve"]');
    await figure.locator("summary").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      "Data: Losses against a price fall",
    );
    await page.keyboard.press("End");
    await expect.poll(() => figure.locator(".scroll").evaluate((box) => box.scrollTop)).toBeGreaterThan(50);
  });

  test("choosing an asset asks for its curve and says so until it comes", async () => {
    await send(page, finished);
    await page.getByRole("combobox", { name: "Asset" }).selectOption("WBTC");
    expect((await recorded(page)).sent).toContainEqual({ type: "asset", asset: "WBTC" });
    const fall = '[data-chart="fall-curve"]';
    expect(await textOf(fall)).toContain(
      "The curve of WBTC is being computed; this one is of another asset.",
    );
    await send(page, { ...finished, fallCurve: { ...finished.fallCurve!, asset: "WBTC" } });
    expect(await textOf(fall)).not.toContain("being computed");
    expect(await textOf(`${fall} figcaption`)).toMatch(/^WBTC:/);
    expect((await recorded(page)).state).toEqual({ uri: finished.uri, asset: "WBTC" });
  });
});

describe("an update", () => {
  test("keeps the focus, open tables, scroll position and every part that did not change", async () => {
    await send(page, running);
    const summary = page.locator('[data-chart="fall-curve"] summary');
    await summary.click();
    await page.locator('[data-chart="fall-curve"] .scroll').evaluate((box) => box.scrollTo(0, 80));
    const before = await page.locator('[data-chart="fall-curve"] svg').elementHandle();
    await page.getByRole("combobox").focus();
    await send(page, { ...running, status: { state: "running", done: 1600, total: 2000 } });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SELECT");
    expect(await page.locator("details[open]").count()).toBe(1);
    expect(await page.locator('[data-chart="fall-curve"] .scroll').evaluate((box) => box.scrollTop)).toBe(80);
    expect(await before?.evaluate((svg) => svg.isConnected)).toBe(true);
    expect(await textOf(".count")).toBe("1,600 of 2,000 paths");
  });

  test("of the width redraws the charts to fit", async () => {
    await send(page, finished);
    await page.setViewportSize({ width: 420, height: 700 });
    const widths = () => page.locator("figure svg").evaluateAll((all) => all.map((svg) => svg.clientWidth));
    await expect.poll(async () => Math.max(...(await widths()))).toBeLessThanOrEqual(420);
    expect(Math.min(...(await widths()))).toBeGreaterThan(360);
  });

  test("to another file forgets the asset that was asked for", async () => {
    await send(page, finished);
    await page.getByRole("combobox").selectOption("WBTC");
    await send(page, { ...finished, uri: "file:///risk/other.risk.yaml", name: "other.risk.yaml" });
    expect(await textOf("h1")).toBe("other.risk.yaml");
    expect(await page.getByRole("combobox").inputValue()).toBe("WETH");
  });
});

test("a page that comes back asks for the asset it had shown", async () => {
  const restored = await pages.open({ state: { uri: finished.uri, asset: "wstETH" } });
  await send(restored, finished);
  expect((await recorded(restored)).sent).toContainEqual({ type: "asset", asset: "wstETH" });
  expect(await restored.getByRole("combobox").inputValue()).toBe("wstETH");
  await restored.close();
});

describe("the content security policy", () => {
  test("stops inline script, inline style, eval and foreign requests of the page itself", async () => {
    await page.evaluate(startAttacks);
    await expect
      .poll(async () => new Set((await recorded(page)).violations))
      .toEqual(
        new Set([
          "script-src-elem",
          "script-src",
          "style-src-attr",
          "style-src-elem",
          "connect-src",
          "img-src",
        ]),
      );
    expect(await page.evaluate(() => document.title)).toBe("Plimsoll");
  });

  test("is not needed for names from a file: they stay text", async () => {
    await send(page, hostile);
    expect(await page.evaluate(() => document.title)).toBe("Plimsoll");
    expect(await page.locator("main :is(img, script, b, i)").count()).toBe(0);
    expect(await page.locator("figure svg :is(script, b, c)").count()).toBe(0);
    expect(await textOf("h1")).toBe(hostile.name);
    expect((await recorded(page)).violations).toEqual([]);
  });
});

test("the bundle is below 150 kB and holds no eval", async () => {
  const { js } = await bundles();
  expect(js.length).toBeLessThan(150_000);
  expect(js).not.toMatch(/\beval\(|new Function\(/);
});

function focused() {
  const active = document.activeElement ?? document.body;
  return { tag: active.tagName, outline: getComputedStyle(active).outlineStyle };
}

/** From a timer of the page, because code that the debugger evaluates is exempt from the policy. */
function startAttacks(): void {
  setTimeout(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'broken'";
    const style = document.createElement("style");
    style.textContent = "body { display: none }";
    const image = document.createElement("img");
    image.src = "http://127.0.0.2/beacon.png";
    document.body.append(script, style, image);
    document.body.setAttribute("style", "display: none");
    fetch("/panel.js").catch(() => undefined);
    // biome-ignore lint/security/noGlobalEval: the point is that the page may not
    window.eval("document.title = 'broken'");
  });
}

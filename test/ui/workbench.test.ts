import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/shell.mjs";
import { charts, panelFrame, problems, until } from "../../scripts/workbench.mjs";
import {
  goToLine,
  hoverText,
  isUnderlined,
  lowerProblems,
  runCommand,
  save,
  takeFix,
  typeOver,
} from "./editor";
import { openSession, type Session } from "./session";

const example = "aave-v3-core.risk.yaml";
const mistake = "Did you mean 83%?";
const threshold = "liquidationThreshold: 83%";

let session: Session;
let panel: Frame;

beforeAll(async () => {
  session = await openSession(example);
  panel = await until(() => panelFrame(session.page), "the panel's charts did not appear");
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await session.screenshot(`failed-${task.name.replace(/\W+/g, "-")}`);
});

afterAll(() => session?.close());

function state(): Promise<string | null> {
  return panel.locator("header[data-state]").getAttribute("data-state");
}

/** Waits until the last run has ended and its results are those of the text. */
async function untilDone(): Promise<void> {
  await until(
    async () => (await state()) === "done" && !(await panel.locator(".stale").isVisible()),
    "the run did not end",
  );
}

/** Our rows of the Problems panel that contain `text`. */
async function ourProblems(text = ""): Promise<string[]> {
  return (await problems(session.page)).filter((row) => row.includes("plimsoll") && row.includes(text));
}

it("looks like the picture in the README", async () => {
  const { page } = session;
  await untilDone();
  await page.setViewportSize({ width: 1520, height: 1100 });
  await runCommand(page, "View: Toggle Primary Side Bar Visibility");
  expect(await ourProblems("bad debt")).not.toEqual([]);
  await lowerProblems(page, 140);
  await goToLine(page, "wstETH: { oracle");
  await until(() => isUnderlined(page, "81"), "the threshold is not underlined", 10_000);
  await session.screenshot("workbench");
  if (process.env.PLIMSOLL_UPDATE_MEDIA === "1") {
    await copyFile(join(root, "test-results/workbench.png"), join(root, "media/screenshot.png"));
  }
  await runCommand(page, "View: Toggle Primary Side Bar Visibility");
});

describe("a risk file in the editor", () => {
  it("shows the finding of its simulation where it is caused", async () => {
    await untilDone();
    const found = await until(async () => {
      const rows = await ourProblems();
      return rows.length > 0 && rows;
    }, "no finding appeared");
    expect(found.join("\n")).toContain("bad debt");
  });

  it("gets a squiggle under a wrong value while it is typed, and a hover that says what is right", async () => {
    await typeOver(session.page, threshold, "liquidationThreshold: 83");
    await until(async () => (await ourProblems(mistake)).length === 1, "the value was not reported", 10_000);
    await until(() => isUnderlined(session.page, "83"), "the value is not underlined", 10_000);
    expect(await hoverText(session.page, "83")).toContain(mistake);
  });

  it("loses the squiggle when the fix that is offered is taken", async () => {
    await takeFix(session.page, "83%");
    await until(async () => (await ourProblems(mistake)).length === 0, "the report stayed", 10_000);
    await until(async () => !(await isUnderlined(session.page, "83")), "the line stayed", 10_000);
  });

  it("is simulated anew when it is saved, and says what the change did", async () => {
    await typeOver(
      session.page,
      "metric: bad-debt, in: crash, max: 5M USD",
      "metric: bad-debt, in: crash, max: 999B USD",
    );
    await until(
      () => panel.locator(".stale").isVisible(),
      "the panel did not mark its results as old",
      10_000,
    );
    const begun = Date.now();
    await save(session.page);
    await untilDone();
    console.log(`Save to findings and charts: ${Date.now() - begun} ms`);
    const limits = await panel.locator(".limits li").allTextContents();
    expect(limits[0]).toContain("Kept");
    expect(limits[0]).toContain("999,000,000,000 USD");
  });
});

describe("the panel", () => {
  it("draws the three charts with marks and words", async () => {
    const drawn = await charts(panel);
    expect(drawn.map(({ name }) => name)).toEqual(["fall-curve", "worst-path", "loss-distribution"]);
    for (const { marks } of drawn) expect(marks).toBeGreaterThan(5);
    for (const name of ["fall-curve", "worst-path", "loss-distribution"]) {
      const figure = panel.locator(`figure[data-chart=${name}]`);
      expect(await figure.locator("svg title").first().textContent()).toBeTruthy();
      expect(await figure.locator("figcaption").textContent()).toMatch(/\d/);
      expect(await figure.locator("svg text").count()).toBeGreaterThan(3);
    }
  });

  it("gives each chart's numbers as a table", async () => {
    for (const details of await panel.locator("figure.chart details").all()) {
      await details.locator("summary").click();
      await details.locator("table").waitFor();
      expect(await details.locator("th").count()).toBeGreaterThan(1);
      const cells = await details.locator("tbody td").allTextContents();
      expect(cells.length).toBeGreaterThan(2);
      expect(cells.filter((cell) => /NaN|Infinity|undefined/.test(cell))).toEqual([]);
    }
  });

  it("draws the fall of another asset when it is chosen", async () => {
    const figure = panel.locator("figure[data-chart=fall-curve]");
    const before = await figure.locator("svg").innerHTML();
    await figure.locator("select").selectOption("WBTC");
    await until(async () => (await figure.locator("svg").innerHTML()) !== before, "the curve stayed");
    await until(async () => (await figure.textContent())?.includes("WBTC"), "the curve is not of WBTC");
  });

  it("runs no code but its own, and broke no rule of its policy itself", async () => {
    expect(session.violations).toEqual([]);
    const policy = await panel.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    const { ran, blocked } = await panel.evaluate(intrude);
    expect(ran).toEqual([]);
    expect(blocked).toEqual(
      expect.arrayContaining(["script-src-elem", "script-src-attr", "script-src", "img-src"]),
    );
  });

  it("opens by its command after it was closed", async () => {
    await runCommand(session.page, "View: Close All Editors");
    await until(async () => (await panelFrame(session.page)) === undefined, "the panel stayed open", 10_000);
    await session.page.locator(".explorer-folders-view").getByText(example).click();
    await runCommand(session.page, "Plimsoll: Open Panel");
    panel = await until(() => panelFrame(session.page), "the panel did not open");
    await untilDone();
  });
});

/**
 * Tries to run code in the panel. `evaluate` itself is exempt from the ban on eval, so everything here starts from
 * the page: a timer with a text, an element with a script, an attribute with a handler.
 */
function intrude(): Promise<{ ran: string[]; blocked: string[] }> {
  const blocked: string[] = [];
  const target = window as unknown as { ran?: string[] };
  target.ran = [];
  document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
  const script = document.createElement("script");
  script.textContent = "window.ran.push('inline script')";
  const button = document.createElement("button");
  button.setAttribute("onclick", "window.ran.push('handler')");
  const image = document.createElement("img");
  image.src = "https://example.org/beacon.png";
  document.body.append(script, button, image);
  button.click();
  window.setTimeout("window.ran.push('text in a timer')", 0);
  return new Promise((resolve) => {
    setTimeout(() => {
      for (const element of [script, button, image]) element.remove();
      resolve({ ran: target.ran ?? [], blocked });
    }, 500);
  });
}

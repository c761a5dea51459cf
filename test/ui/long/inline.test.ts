import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { panelFrame, until } from "../../../scripts/workbench.mjs";
import { goToLine, hoverText } from "../editor";
import { openSession, type Session } from "../session";

const example = "aave-v3-core.risk.yaml";

describe.each(["Default Dark Modern", "Default Light Modern"])(
  "what runs tell in the text, in %s",
  (theme) => {
    const name = theme.split(" ")[1].toLowerCase();
    let session: Session;
    let page: Page;

    beforeAll(async () => {
      session = await openSession(example, { "workbench.colorTheme": theme });
      page = session.page;
      await page.setViewportSize({ width: 1500, height: 1000 });
      await until(() => panelFrame(page), "the panel's charts did not appear", 110_000);
    });

    afterAll(() => session?.close());

    it("shows on an asset a chart that is drawn, and who could be liquidated", async () => {
      await goToLine(page, "WETH: { price");
      await hoverText(page, "WETH");
      const hover = page.locator(".monaco-hover:visible").first();
      await until(
        async () => (await hover.textContent())?.includes("Liquidatable if WETH falls by"),
        "the hover does not tell who could be liquidated",
      );
      const image = hover.locator("img").first();
      expect(await image.getAttribute("src")).toMatch(/^data:image\/svg\+xml;base64,/);
      const width = await image.evaluate((element) => (element as HTMLImageElement).naturalWidth);
      expect(width).toBe(320);
      await session.screenshot(`hover-asset-${name}`);
      await page.keyboard.press("Escape");
    });

    it("shows lenses above scenarios and limits, and hints behind values", async () => {
      await goToLine(page, "- { metric: bad-debt, in: crash");
      const lenses = page.locator(".codelens-decoration");
      await until(
        async () =>
          (await lenses.allTextContents()).some((text) => /✗ broken: bad debt in crash \$/.test(text)),
        "no verdict above the limit",
      );
      await session.screenshot(`lenses-${name}`);
      await goToLine(page, "wstETH: { oracle");
      await until(
        async () => (await page.locator(".view-lines").first().innerText()).includes("buffer"),
        "no hint behind the threshold",
      );
      await session.screenshot(`hints-${name}`);
    });
  },
);

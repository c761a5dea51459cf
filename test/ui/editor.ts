import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { until } from "../../scripts/workbench.mjs";

const editor = ".editor-instance .monaco-editor";

/** Selects the first occurrence of `text` in the active editor, by the find widget as a person would. */
export async function select(page: Page, text: string): Promise<void> {
  await page.locator(`${editor} .view-lines`).first().click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+F");
  await page.locator('.find-widget textarea[aria-label="Find"]').fill(text);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await until(
    async () => (await selected(page)).includes("selected"),
    `"${text}" was not found in the editor`,
    10_000,
  );
}

/** Puts the cursor on the first line with `text`, in the middle of the view and without a selection. */
export async function goToLine(page: Page, text: string): Promise<void> {
  await select(page, text);
  await page.keyboard.press("Home");
}

/** What the status bar says of the selection. */
async function selected(page: Page): Promise<string> {
  return (await page.locator('[id="status.editor.selection"]').textContent()) ?? "";
}

/** Replaces the first occurrence of `text` by typing over it. */
export async function typeOver(page: Page, text: string, replacement: string): Promise<void> {
  await select(page, text);
  await page.keyboard.type(replacement);
}

export async function save(page: Page): Promise<void> {
  await page.keyboard.press("Control+S");
}

/** A word of the active editor, as it is coloured. */
function wordIn(page: Page, word: string): Locator {
  return page.locator(`${editor} .view-line span span`).getByText(word, { exact: true }).first();
}

/** The text of the hover that appears when the mouse rests on a word of the editor. */
export async function hoverText(page: Page, word: string): Promise<string> {
  await wordIn(page, word).hover();
  const hover = page.locator(".monaco-hover:visible").first();
  await hover.waitFor({ timeout: 10_000 });
  return (await hover.textContent()) ?? "";
}

/** Whether a word of the editor is underlined as an error. */
export async function isUnderlined(page: Page, word: string): Promise<boolean> {
  const text = await wordIn(page, word).boundingBox();
  const lines = await page.locator(`${editor} .squiggly-error`).all();
  const boxes = await Promise.all(lines.map((line) => line.boundingBox()));
  return boxes.some((box) => box !== null && text !== null && overlap(box, text));
}

/** Opens the fixes that are offered at the cursor and takes the first with `text` in its title. */
export async function takeFix(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+Period");
  await page.locator(".action-widget .monaco-list-row", { hasText: text }).first().click();
}

type Box = NonNullable<Awaited<ReturnType<Locator["boundingBox"]>>>;

function overlap(a: Box, b: Box): boolean {
  const across = a.x < b.x + b.width && b.x < a.x + a.width;
  return across && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Makes the Problems panel lower by dragging the edge above it down. */
export async function lowerProblems(page: Page, pixels: number): Promise<void> {
  const { x, y } = (await page.locator(".part.panel").boundingBox())!;
  const edge = { x: x + 200, y: y - 3 };
  await page.mouse.move(edge.x, edge.y);
  await page.mouse.down();
  await page.mouse.move(edge.x, edge.y + pixels, { steps: 4 });
  await page.mouse.up();
}

/** Waits until a notification says so; the center keeps those that are not shown. */
export async function untilNotified(page: Page, text: string): Promise<string> {
  const center = page.locator(".notifications-center");
  const told = center.locator(".notification-list-item", { hasText: text });
  const isTold = async () => {
    if (!(await center.isVisible())) await page.locator('[id="status.notifications"]').click();
    return told.first().isVisible();
  };
  await until(isTold, `no notification says "${text}"`);
  return (await told.first().textContent()) ?? "";
}

/** Runs a command by its title from the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input");
  await input.fill(`>${title}`);
  const row = page.locator(".quick-input-list .monaco-list-row").first();
  await row.waitFor();
  expect(await row.textContent()).toContain(title);
  await page.keyboard.press("Enter");
}

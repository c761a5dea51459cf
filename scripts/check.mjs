import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Failure, root } from "./shell.mjs";
import { charts, openWorkbench, panelFrame, problems, until } from "./workbench.mjs";

const screenshot = path.join(root, "test-results/check.png");

/**
 * Opens the workbench headless and waits for what a person sees first: the finding of the simulation in the
 * example, and the drawn charts of its panel. Prints what it saw; a `Failure` names a screenshot.
 * @param {string} url
 * @returns {Promise<{ findings: string[], drawn: { name: string, marks: number }[] }>}
 */
export async function checkFirstLook(url) {
  const { browser, page } = await openWorkbench(url);
  try {
    return await look(page);
  } catch (error) {
    await mkdir(path.dirname(screenshot), { recursive: true });
    await page.screenshot({ path: screenshot });
    throw new Failure(`The check failed: ${error.message}.\nWhat the editor showed: ${screenshot}`);
  } finally {
    await browser.close();
  }
}

async function look(page) {
  const begun = Date.now();
  const frame = await until(() => panelFrame(page), "no chart was drawn in the panel");
  const drawn = await until(() => whenDrawn(frame), "the panel's charts stayed empty");
  const findings = await until(() => ourProblems(page), "no finding of Plimsoll appeared");
  for (const row of findings) console.log(`finding: ${row}`);
  for (const { name, marks } of drawn) console.log(`chart: ${name}, ${marks} marks`);
  console.log(`Seen ${((Date.now() - begun) / 1000).toFixed(1)} s after the workbench had loaded.`);
  return { findings, drawn };
}

async function whenDrawn(frame) {
  const all = await charts(frame);
  return all.length > 0 && all.every(({ marks }) => marks > 0) ? all : undefined;
}

async function ourProblems(page) {
  const rows = (await problems(page)).filter((row) => row.includes("plimsoll"));
  return rows.length > 0 ? rows : undefined;
}

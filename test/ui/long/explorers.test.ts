import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { problems, until } from "../../../scripts/workbench.mjs";
import { cascade } from "../../lsp/files";
import { runCommand } from "../editor";
import { openSession, type Session } from "../session";

const example = "compound-dai-2020.risk.yaml";

let session: Session;

beforeAll(async () => {
  session = await openSession(example);
  await openView("Plimsoll");
  const status = session.page.locator(".statusbar-item", { hasText: "limit broken" });
  await status.waitFor({ timeout: 100_000 });
}, 240_000);

afterEach(async ({ task }) => {
  await session.screenshot(
    `${task.result?.state === "fail" ? "failed-" : ""}${task.name.replace(/\W+/g, "-")}`,
  );
});

afterAll(() => session?.close());

/** Opens a view by its icon in the activity bar. */
async function openView(name: string): Promise<void> {
  await session.page.locator(`.activitybar .action-label[aria-label^="${name}"]`).click();
}

/** What a screen reader says of the rows of a tree that is shown. */
async function rows(tree: string): Promise<string[]> {
  const found = await session.page.locator(`${tree} .monaco-list-row`).all();
  return Promise.all(found.map(async (row) => (await row.getAttribute("aria-label")) ?? ""));
}

/** Waits until a tree has a row of this form. */
async function untilRow(tree: string, form: RegExp): Promise<void> {
  let last: string[] = [];
  const read = async () => {
    last = await rows(tree);
    return last.some((row) => form.test(row));
  };
  await until(read, `no row is like ${form}`).catch((error) => {
    throw new Error(`${error.message}; there are: ${last.join(" | ")}`);
  });
}

/** Opens a row with a text by the keyboard. */
async function expand(tree: string, text: string): Promise<void> {
  await session.page.locator(`${tree} .monaco-list-row`, { hasText: text }).first().click();
  await session.page.keyboard.press("ArrowRight");
}

/** Clicks an action of the row with a text; actions are there while the mouse is on it. */
async function act(tree: string, text: string, action: string): Promise<void> {
  const row = session.page.locator(`${tree} .monaco-list-row`, { hasText: text }).first();
  await row.hover();
  await row.locator(`.action-label[aria-label^="${action}"]`).click();
}

describe("the view of risk files", () => {
  const tree = ".customview-tree";

  it("has every risk file, and of one that was run its scenarios and limits with their figures", async () => {
    await untilRow(tree, /^aave-v3-core\.risk\.yaml$/);
    await untilRow(tree, /^compound-dai-2020\.risk\.yaml, 1 of 4 kept$/);
    await expand(tree, "compound-dai");
    await untilRow(tree, /^dai-110, 0 of 2 kept$/);
    await untilRow(tree, /^Broken: shortfall in dai-110, 561,172 USD \(at most 500,000 USD\)$/);
  });

  it("lists a file that is written, and simulates it without opening it", async () => {
    await writeFile(join(session.folder, "cascade.risk.yaml"), cascade());
    await untilRow(tree, /^cascade\.risk\.yaml$/);
    await act(tree, "cascade.risk", "Simulate");
    await untilRow(tree, /^cascade\.risk\.yaml, 1 of 2 kept$/);
    expect(await session.page.locator(".tab", { hasText: "cascade" }).count()).toBe(0);
  });
});

describe("the Test Explorer", () => {
  const tree = ".test-explorer-tree";

  it("runs a risk file, and tells at a limit that is broken what was expected", async () => {
    await openView("Testing");
    await untilRow(tree, /^compound-dai-2020\.risk\.yaml/);
    await act(tree, "compound-dai", "Run Test");
    await untilRow(tree, /^compound-dai-2020\.risk\.yaml.*Failed/);
    await expand(tree, "compound-dai");
    await untilRow(tree, /^dai-105.*Passed/);
    await untilRow(tree, /^dai-110.*Failed/);
  });
});

describe("the walkthrough", () => {
  it("ends in a first simulation, whose finding stands on the threshold", async () => {
    await runCommand(session.page, "Plimsoll: Open Walkthrough");
    const last = session.page.locator(".getting-started-step").nth(3);
    await last.click();
    await session.screenshot("walkthrough");
    await last.getByRole("button", { name: "New Risk File" }).click();
    const first = session.page.locator(".tab", { hasText: "first.risk.yaml" });
    await first.waitFor();
    await runCommand(session.page, "View: Close Other Editors in Group");
    await problems(session.page);
    await session.page
      .getByPlaceholder(/^Filter/)
      .last()
      .fill("first.risk.yaml");
    await until(
      async () =>
        (await problems(session.page)).some((row) => row.startsWith("crash: bad debt 10,802,901 USD")),
      "no finding of the first file appeared",
    );
  });
});

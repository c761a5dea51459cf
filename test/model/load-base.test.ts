import { describe, expect, it } from "vitest";
import { faultProblem } from "../../src/data/fault";
import type { Workspace } from "../../src/data/workspace";
import { loadBase, parseOver } from "../../src/model/load-base";

function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  return {
    async read(path) {
      if (!Object.hasOwn(files, path)) throw faultProblem("missing");
      return new TextEncoder().encode(files[path]);
    },
  };
}

const base = "plimsoll: 1\nassets:\n  WETH: { price: 3000, volatility: 70% }\n  USDC: { stable: {} }\n";

describe("a file that extends another", () => {
  it("is read over it, and that one over its own base", async () => {
    const workspace = workspaceOf({
      "base.risk.yaml": base,
      "bull.risk.yaml": "extends: base.risk.yaml\nassets: { WETH: { price: 5000 } }\n",
    });
    const text = "extends: bull.risk.yaml\nassets: { WETH: { volatility: 90% } }\n";
    const { file, problems } = await parseOver(text, workspace);
    expect(problems).toEqual([]);
    expect(file!.assets.WETH).toEqual({ price: 5000, volatility: 0.9 });
    expect((await loadBase("bull.risk.yaml", workspace)).names).toEqual(["bull.risk.yaml", "base.risk.yaml"]);
  });

  it("finds each file from the folder of the one that names it", async () => {
    const workspace = workspaceOf({
      "a/b/base.risk.yaml": `${base}venues: { x: { pair: [WETH, USDC], model: quotes, file: x.csv, recovery: 1h } }\n`,
      "a/bull.risk.yaml": "extends: b/base.risk.yaml\n",
    });
    const { file } = await parseOver("extends: ./a/bull.risk.yaml\n", workspace);
    expect(file!.venues!.x).toMatchObject({ file: "./a/b/x.csv" });
  });

  it.each([
    ["that is not there", {}, "missing-file", /^base\.risk\.yaml does not exist/],
    [
      "that extends it in turn",
      { "base.risk.yaml": "extends: base.risk.yaml\n" },
      "unusable-base",
      /in a circle: base\.risk\.yaml > base\.risk\.yaml/,
    ],
    [
      "whose base is not there",
      { "base.risk.yaml": "extends: old.risk.yaml\n" },
      "missing-file",
      /^old\.risk\.yaml does not exist/,
    ],
    [
      "with an error",
      { "base.risk.yaml": base.replace("3000", "-1") },
      "unusable-base",
      /^base\.risk\.yaml has an error.*above 0/,
    ],
    [
      "with errors",
      { "base.risk.yaml": base.replace("3000", "-1").replace("70%", "x") },
      "unusable-base",
      /^base\.risk\.yaml has 2 errors/,
    ],
    [
      "that a rule finds wrong",
      { "base.risk.yaml": base.replace(", volatility: 70%", ", pegged: { to: WETH }") },
      "unusable-base",
      /has/,
    ],
  ])("%s is one problem, at `extends`", async (_, files, rule, message) => {
    const { problems, text, file } = await parseOver(
      "extends: base.risk.yaml\nassets: { WETH: { price: 1 } }\n",
      workspaceOf(files),
    );
    expect(problems).toMatchObject([{ rule, severity: "error", message: expect.stringMatching(message) }]);
    expect(text.slice(problems[0].span.start, problems[0].span.end)).toBe("base.risk.yaml");
    expect(file).toBeUndefined();
  });

  it("leads to the first error of its base", async () => {
    const { problems } = await parseOver(
      "extends: b.yaml\n",
      workspaceOf({ "b.yaml": base.replace("3000", "-1") }),
    );
    const [{ base: related, span }] = problems[0].related!;
    expect(related!.source!.text.slice(span.start, span.end)).toBe("-1");
  });

  it("keeps what it read while the text of its base is the same", async () => {
    const files = { "b.yaml": "extends: c.yaml\n", "c.yaml": base };
    const first = await loadBase("b.yaml", workspaceOf(files));
    const again = await loadBase("b.yaml", workspaceOf(files), first);
    expect(again.source).toBe(first.source);
    const changed = await loadBase(
      "b.yaml",
      workspaceOf({ ...files, "c.yaml": `${base}name: New\n` }),
      first,
    );
    expect(changed.source!.file!.name).toBe("New");
  });
});

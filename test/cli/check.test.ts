import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bundledCli, type Cli } from "./cli";
import { smallBook, smallFile } from "./small-file";

const root = path.resolve(import.meta.dirname, "../..");
vi.setConfig({ testTimeout: 30_000 });

let cli: Cli;

beforeAll(async () => {
  cli = await bundledCli();
  await cli.write("book.csv", smallBook);
  await cli.write("small.risk.yaml", smallFile);
});
afterAll(() => cli.remove());

describe("plimsoll check", () => {
  it("passes a right file without simulating it", async () => {
    expect(await cli.run("check", "small.risk.yaml")).toEqual({
      code: 0,
      stdout: "small.risk.yaml: no problems\n",
      stderr: "",
    });
  });

  it("passes both examples", async () => {
    for (const name of ["compound-dai-2020", "aave-v3-core"]) {
      const { code, stdout } = await cli.run("check", path.join(root, `examples/${name}.risk.yaml`));
      expect([code, stdout]).toEqual([0, expect.stringMatching(/no problems\n$/)]);
    }
  });

  it("reads data files relative to the risk file, not to where it is run", async () => {
    const ended = await new Promise<number | null>((resolve) => {
      const file = path.join(cli.folder, "small.risk.yaml");
      spawn(process.execPath, [cli.program, "check", file], { cwd: root }).on("close", resolve);
    });
    expect(ended).toBe(0);
  });
});

describe("a proposal", () => {
  it("is checked over the file that it extends, and both places are told", async () => {
    await cli.write(
      "proposal.risk.yaml",
      "extends: small.risk.yaml\nmarkets: { core: { reserves: { ETH: { ltv: 90% } } } }\n",
    );
    const { code, stdout } = await cli.run("check", "proposal.risk.yaml");
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^proposal\.risk\.yaml:2:\d+ error ltv-above-threshold[\s\S]*\n {2}small\.risk\.yaml:\d+:\d+ note/,
    );
  });

  it("is run on the file's data, and names every file that its result depends on", async () => {
    await cli.write("proposal.risk.yaml", "extends: small.risk.yaml\nname: Proposal\n");
    const proposal = JSON.parse((await cli.run("simulate", "proposal.risk.yaml", "--format", "json")).stdout);
    const base = JSON.parse((await cli.run("simulate", "small.risk.yaml", "--format", "json")).stdout);
    expect(proposal.inputs.map(({ path }: { path: string }) => path)).toEqual([
      "proposal.risk.yaml",
      "book.csv",
      "small.risk.yaml",
    ]);
    expect(proposal.inputs[2].sha256).toBe(base.inputs[0].sha256);
    expect([proposal.scenarios, proposal.limits]).toEqual([base.scenarios, base.limits]);
  });

  it("of a file that is not there is told at its path", async () => {
    await cli.write("lost.risk.yaml", "extends: nowhere.risk.yaml\n");
    const { code, stdout } = await cli.run("check", "lost.risk.yaml");
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/^lost\.risk\.yaml:1:10 error missing-file: nowhere\.risk\.yaml does not exist/),
    ]);
  });
});

describe("a comment that would silence an error", () => {
  it("is told that the error stops the run", async () => {
    const line = "      ETH: { oracle";
    const comment = "      # plimsoll-disable-next-line ltv-above-threshold -- agreed";
    const text = smallFile.replace("ltv: 80%", "ltv: 90%").replace(line, `${comment}\n${line}`);
    await cli.write("silenced.risk.yaml", text);
    const { code, stdout } = await cli.run("check", "silenced.risk.yaml");
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /warning invalid-suppression[\s\S]*error ltv-above-threshold[\s\S]*1 error, 1 warning/,
    );
  });
});

describe("bad input", () => {
  const bad: [what: string, text: string, code: number, rule: string][] = [
    ["an empty file", "", 2, "empty-file"],
    ["a file of 5 MB", `plimsoll: 1\n${"# padding\n".repeat(500_000)}`, 2, "file-too-large"],
    ["tabs", smallFile.replace("  ETH: { price", "\tETH: { price"), 2, "yaml-tab"],
    ["an open bracket", smallFile.replace("volatility: 80% }", "volatility: 80%"), 2, "yaml-syntax"],
    [
      "merge-conflict markers",
      `<<<<<<< ours\n${smallFile}=======\n${smallFile}>>>>>>> theirs\n`,
      2,
      "merge-conflict",
    ],
    ["a list", "- 1\n", 2, "wrong-type"],
    ["a half-typed key", `${smallFile}nam\n`, 1, "incomplete-key"],
    ["an unknown key", `${smallFile}nmae: x\n`, 1, "unknown-key"],
    ["a quantity of a wrong dimension", smallFile.replace("ltv: 80%", "ltv: 80 h"), 1, "wrong-dimension"],
    ["NaN", smallFile.replace("price: 2000", "price: .nan"), 1, "invalid-quantity"],
    ["a negative amount", smallFile.replace("[100k, 200M]", "[-100k, 200M]"), 1, "out-of-range"],
    ["an unknown symbol", smallFile.replace("of: ETH", "of: ETHX"), 1, "unknown-name"],
  ];

  it.each(bad)("%s: one diagnostic, in its place", async (what, text, code, rule) => {
    const name = `${what.replaceAll(" ", "-")}.risk.yaml`;
    await cli.write(name, text);
    const ended = await cli.run("check", name);
    expect(ended.stderr).toBe("");
    expect(ended.code).toBe(code);
    const diagnostics = ended.stdout.split("\n").filter((line) => /^\S+:\d+:\d+ (error|warning) /.test(line));
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toContain(` error ${rule}: `);
  });

  const rows: [what: string, csv: string, said: RegExp][] = [
    ["wrong columns", "who,what\nalice,ETH\n", /lacks the columns account, asset, side, amount/],
    ["NaN", `${smallBook}carol,ETH,collateral,NaN\n`, /line 6: .*NaN/],
    ["a negative amount", `${smallBook}carol,ETH,collateral,-1\n`, /line 6: .*negative/],
    ["an unknown symbol", `${smallBook}carol,DOGE,collateral,1\n`, /line 6: .*DOGE/],
    ["no rows", "account,asset,side,amount\n", /no rows/],
    ["nothing", "", /is empty/],
  ];

  it.each(rows)("a CSV with %s: one error at the file's name", async (_, csv, said) => {
    await cli.write("bad.csv", csv);
    await cli.write("csv.risk.yaml", smallFile.replace("book.csv", "bad.csv"));
    const { code, stdout } = await cli.run("check", "csv.risk.yaml");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^csv\.risk\.yaml:18:36 error /);
    expect(stdout).toMatch(said);
    expect(stdout).toMatch(/^csv\.risk\.yaml: 1 error\n$/m);
  });

  it("a CSV with a row twice: said, and not an error", async () => {
    await cli.write("bad.csv", `${smallBook}alice,ETH,collateral,1\n`);
    await cli.write("csv.risk.yaml", smallFile.replace("book.csv", "bad.csv"));
    const { code, stdout } = await cli.run("check", "csv.risk.yaml");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^csv\.risk\.yaml:18:36 warning /);
  });

  it("a missing CSV: one error at the file's name", async () => {
    await cli.write("csv.risk.yaml", smallFile.replace("book.csv", "none.csv"));
    const { code, stdout } = await cli.run("check", "csv.risk.yaml");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^csv\.risk\.yaml:18:36 error missing-file: none\.csv does not exist\./);
  });

  it.each([
    ["no such file", "none.risk.yaml", "There is no file none.risk.yaml."],
    ["a folder", ".", ". is a folder. Name a risk file (*.risk.yaml)."],
    ["not UTF-8", "latin1.risk.yaml", "latin1.risk.yaml is not UTF-8 text. Save it as YAML in UTF-8."],
  ])("%s: one sentence on standard error and exit code 2", async (_, file, message) => {
    await cli.write("latin1.risk.yaml", Uint8Array.of(0x6e, 0xe9, 0xe9));
    for (const command of ["check", "simulate"])
      expect(await cli.run(command, file)).toEqual({ code: 2, stdout: "", stderr: `plimsoll: ${message}\n` });
  });
});

describe("the program", () => {
  it("shows its help and its version on standard output", async () => {
    const help = await cli.run("--help");
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/Exit codes:/);
    for (const line of help.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect((await cli.run("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("tells wrong usage on standard error with exit code 2", async () => {
    const { code, stdout, stderr } = await cli.run("simulate");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      'plimsoll: plimsoll simulate takes one risk file, and none was named. See "plimsoll --help".\n',
    );
  });

  it("ends quietly when its reader leaves early", async () => {
    const child = spawn(process.execPath, [cli.program, "simulate", "small.risk.yaml", "--format", "json"], {
      cwd: cli.folder,
    });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    await once(child, "close");
    expect(stderr).toBe("");
  });

  it("stops when it is interrupted", async () => {
    await cli.write("long.risk.yaml", smallFile.replace("paths: 200", "paths: 1M"));
    await cli.write("terminal.cjs", "process.stderr.isTTY = true;");
    const args = ["--require", "./terminal.cjs", cli.program, "simulate", "long.risk.yaml"];
    const child = spawn(process.execPath, args, { cwd: cli.folder });
    child.stderr.on("data", (progress) => {
      if (String(progress).includes("Simulating:")) child.kill("SIGINT");
    });
    const [code] = await once(child, "close");
    expect(code).toBe(130);
  });
});

import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { desktopCode, openDesktop } from "../../scripts/desktop.mjs";
import { testInDesktop } from "../../scripts/test-desktop.mjs";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plimsoll-fake-"));
  process.env.PLIMSOLL_CACHE = join(folder, "cache");
});

afterEach(async () => {
  delete process.env.PLIMSOLL_CACHE;
  await rm(folder, { recursive: true });
});

/** An executable that appends its arguments to `calls`, one call a line, and then runs `body`. */
async function fake(name: string, body: string): Promise<string> {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho "$@" >> "${join(folder, "calls")}"\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

async function calls(): Promise<string[]> {
  return (await readFile(join(folder, "calls"), "utf8")).trim().split("\n");
}

describe.runIf(process.platform === "linux")("the desktop VS Code", () => {
  it("is used when it is on the path and there is a display", async () => {
    const code = await fake("code", "");
    expect(desktopCode({ PATH: `/nowhere:${folder}`, DISPLAY: ":0" })).toBe(code);
    expect(desktopCode({ PATH: folder, WAYLAND_DISPLAY: "wayland-0" })).toBe(code);
  });

  it("is not used without a display, or where there is none", async () => {
    await fake("code", "");
    expect(desktopCode({ PATH: folder })).toBeUndefined();
    expect(desktopCode({ PATH: "/nowhere", DISPLAY: ":0" })).toBeUndefined();
  });

  it("gets the package and the folder in a profile of its own", async () => {
    const code = await fake("code", "");
    const opened = await openDesktop(code, "plimsoll.vsix", "examples", {
      "plimsoll.openOnStart": "a.risk.yaml",
    });
    expect(opened).toBe(true);
    const flags = `--user-data-dir ${folder}/cache/desktop/user --extensions-dir ${folder}/cache/desktop/extensions`;
    expect(await calls()).toEqual([
      `${flags} --install-extension plimsoll.vsix --force`,
      `${flags} --new-window examples`,
    ]);
    const settings = await readFile(join(folder, "cache/desktop/user/User/settings.json"), "utf8");
    expect(JSON.parse(settings)).toMatchObject({ "plimsoll.openOnStart": "a.risk.yaml" });
  });

  it("gives way to the embedded one when it does not start", async () => {
    expect(await openDesktop(await fake("code", "exit 1"), "plimsoll.vsix", "examples", {})).toBe(false);
  });
});

describe.runIf(process.platform === "linux")("the editor tests in a desktop VS Code", () => {
  const writeResults = `
    for argument; do case "$argument" in --extensionTestsPath=*) suite="\${argument#*=}" ;; esac; done
    results="$(dirname "$suite")/../../test-results"
    mkdir -p "$results"
    echo '{ "passed": 2, "failed": 1, "skipped": 0, "lines": ["one line a test"] }' > "$results/host.json"`;

  it("install the package, run the compiled suite and report its counts", async () => {
    await fake("bin/code", "");
    const executable = await fake("code", `${writeResults}\nexit 1`);
    const counts = await testInDesktop({ executable, vsix: "plimsoll.vsix" });
    expect(counts).toEqual({ passed: 2, failed: 1, skipped: 0 });
    const [install, run] = await calls();
    expect(install).toContain("--install-extension plimsoll.vsix");
    expect(run).toMatch(/--extensionDevelopmentPath=\S+test\/host\/extension/);
    expect(run).toMatch(/--extensionTestsPath=\S+dist-test\/host\/index\.js/);
  });

  it("fail when VS Code ends before any test has reported", async () => {
    await fake("bin/code", "");
    const executable = await fake("code", "exit 3");
    await expect(testInDesktop({ executable, vsix: "plimsoll.vsix" })).rejects.toThrow(
      "code 3 before any test",
    );
  });
});

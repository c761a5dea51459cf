import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { targets } from "../../scripts/build.mjs";
import { fileNames, root } from "./vsix";

const dist = join(root, "dist");
const scripts = targets.map(({ out }) => out).filter((out) => out.endsWith(".js"));
const meta: { outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }> } = JSON.parse(
  readFileSync(join(dist, "meta.json"), "utf8"),
);
/** Files of which a bundle has something. */
const taken = Object.values(meta.outputs).flatMap(({ inputs }) =>
  Object.entries(inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
);

describe("the extension's package", () => {
  const files = fileNames(join(dist, "plimsoll.vsix"));

  it("holds every bundle and what VS Code shows", () => {
    expect(files).toEqual(expect.arrayContaining(targets.map(({ out }) => `extension/dist/${out}`)));
    expect(files).toContain("extension/package.json");
    expect(files).toContain("extension/readme.md");
    expect(files).toContain("extension/LICENSE.txt");
    expect(files).toContain("extension/dist/third-party-notices.txt");
  });

  it("holds nothing else", () => {
    const expected =
      /^(\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(package(\.nls)?\.json|readme\.md|changelog\.md|LICENSE\.txt|language-configuration\.json|dist\/\w+\.(js|css)|dist\/third-party-notices\.txt|(l10n|media|schemas|syntaxes|templates|docs\/rules)\/.+))$/;
    expect(files.filter((file) => !expected.test(file))).toEqual([]);
  });

  it("names only files that it holds", () => {
    const manifest = readFileSync(join(root, "package.json"), "utf8");
    const named = [...manifest.matchAll(/"\.\/((?:media|schemas|syntaxes|dist)\/[^"]+|[\w-]+\.json)"/g)];
    expect(named.map(([, name]) => `extension/${name}`).filter((name) => !files.includes(name))).toEqual([]);
  });
});

describe("the bundles", () => {
  it.each(scripts)("%s evaluates no text as code", (name) => {
    const code = readFileSync(join(dist, name), "utf8");
    expect(code.match(/.{0,60}(\beval\(|\bFunction\(["'`]|new Function\b).{0,60}/g) ?? []).toEqual([]);
  });

  it("are made of sources and of the packages meant to ship", () => {
    const shipped =
      /^(?:.*\/)?node_modules\/(viem|ox|abitype|@noble\/[\w-]+|yaml|ajv|csv-parse|@vscode\/l10n|vscode-[\w-]+|d3-[\w-]+|internmap|semver|minimatch|brace-expansion|balanced-match|lru-cache|yallist|fast-deep-equal)\//;
    const others = taken.filter(
      (input) => !shipped.test(input) && !/^(src|schemas)\/|^package.json$/.test(input),
    );
    expect(others).toEqual([]);
  });

  it("come with the licence of every package in them", () => {
    const notices = readFileSync(join(dist, "third-party-notices.txt"), "utf8");
    const folders = taken.flatMap((input) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
    const missing = [...new Set(folders)].filter((name) => !notices.includes(`\n${name} `));
    expect(missing).toEqual([]);
    expect(notices.match(/^Permission to use|^Permission is hereby|^Licence: MIT/gm)!.length).toBeGreaterThan(
      20,
    );
  });

  it("load the client of nodes for imports alone", () => {
    const loading = Object.entries(meta.outputs).filter(([, { inputs }]) =>
      Object.keys(inputs).some((input) => input.includes("node_modules/viem/")),
    );
    expect(loading.map(([output]) => output)).toEqual(["dist/import.js"]);
  });

  it("include a command for the terminal", () => {
    const cli = join(dist, "cli.js");
    expect(readFileSync(cli, "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
    expect(statSync(cli).mode & 0o111).toBe(0o111);
    expect(execFileSync(process.execPath, [cli, "--help"], { encoding: "utf8" })).toContain(
      "plimsoll simulate",
    );
  });
});

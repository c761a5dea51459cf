import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describe as describePath } from "../../src/dsl/schema-info";
import { headingOf } from "../../src/language/page";
import { openText } from "./fixtures";

const root = new URL("../../", import.meta.url);
const complete = readFileSync(new URL("test/dsl/complete.risk.yaml", root), "utf8");
const { source } = openText(complete);

/** The headings of a page as parts of an address. */
function headings(page: string): string[] {
  const lines = readFileSync(new URL(page, root), "utf8").split("\n");
  return lines.flatMap((line) => (/^#+ /.test(line) ? [headingOf(line.replace(/^#+ /, ""))] : []));
}

/** Paths of everything written in a file that uses every key. */
function paths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, child]) =>
      paths(child, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

const described = paths(source.draft).flatMap((path) => describePath(path, source) ?? []);

describe("what hovers link to", () => {
  it("is a section that the reference has", () => {
    const known = headings("docs/reference/risk-file.md");
    const sections = new Set(described.map(({ section }) => section));
    expect(sections.size).toBeGreaterThan(15);
    expect([...sections].filter((section) => !known.includes(headingOf(section)))).toEqual([]);
  });

  it("is a page that is there, with the heading that is named", () => {
    const pages = new Set(described.flatMap(({ documentation }) => documentation ?? []));
    expect(pages.size).toBeGreaterThan(5);
    for (const page of pages) {
      const [file, heading] = page.split("#");
      expect(existsSync(new URL(file, root)), page).toBe(true);
      if (heading) expect(headings(file)).toContain(`#${heading}`);
    }
  });
});

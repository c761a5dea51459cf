import { expect } from "vitest";
import { parse } from "../../src/dsl/parse";
import { buildModel } from "../../src/model/build";
import { staticFindings } from "../../src/model/static-rules";

/** What is found in a text without mistakes of its own and without data files, with the words it is found at. */
export function findingsOf(text: string) {
  const source = parse(text);
  expect(source.problems).toEqual([]);
  const findings = [
    ...staticFindings(source.file!),
    ...buildModel(source.file!, { positions: {}, quotes: {} }).findings,
  ];
  return findings.map((finding) => {
    const span = source.spanOf(finding);
    return { rule: finding.rule, text: text.slice(span.start, span.end), message: finding.message };
  });
}

import type { Source } from "./parse";
import type { Finding, Problem } from "./problem";

/** Puts a finding on the text of a version of the file: the key or value it names, or its nearest ancestor. */
export function locate(source: Source, finding: Finding): Problem {
  const { rule, severity, message, fix } = finding;
  const span = source.spanOf(finding);
  const related = finding.related?.map((place) => ({ message: place.message, span: source.spanOf(place) }));
  const isWritten = source.written(finding.path) === source.text.slice(span.start, span.end);
  const fixes = fix && isWritten ? [{ title: fix.title, edits: [{ span, text: fix.value }] }] : undefined;
  return { rule, severity, message, span, related, fixes };
}

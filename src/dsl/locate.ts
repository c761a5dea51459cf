import type { Source } from "./parse";
import type { Finding, Fix, Problem } from "./problem";

/** Puts a finding on the text of a version of the file: the key or value it names, or its nearest ancestor. */
export function locate(source: Source, finding: Finding): Problem {
  const { rule, severity, message } = finding;
  const span = source.spanOf(finding);
  const related = finding.related?.map((place) => ({ message: place.message, span: source.spanOf(place) }));
  return { rule, severity, message, span, related, fixes: fixesOf(source, finding) };
}

/** Where all values stand that are to be replaced: what an alias brings is not written where it acts. */
function fixesOf(source: Source, { path, at, fix }: Finding): Fix[] | undefined {
  if (!fix) return undefined;
  const values = "values" in fix ? fix.values : [{ path, at, value: fix.value }];
  const edits = values.map(({ value, ...place }) => ({ span: source.spanOf(place), text: value }));
  const areWritten = values.every(
    (each, i) => source.written(each.path) === source.text.slice(edits[i].span.start, edits[i].span.end),
  );
  return areWritten ? [{ title: fix.title, edits }] : undefined;
}

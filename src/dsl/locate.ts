import type { Source } from "./parse";
import type { Finding, Fix, Place, Problem, Related } from "./problem";
import { nodeAt, type Origin, originNote } from "./tree";

/** Puts a finding on the text of a version of the file: the key or value it names, or its nearest ancestor. */
export function locate(source: Source, finding: Finding): Problem {
  const { rule, severity, message } = finding;
  const own = written(source, finding);
  const span = source.spanOf(own);
  const related = relatedOf(source, finding, own);
  const fixes = fixesOf(source, finding);
  const inherited = own === finding ? originAt(source, finding) : undefined;
  return { rule, severity, message, span, related, fixes, ...(inherited && { inherited }) };
}

/** Where all values stand that are to be replaced: what an alias brings is not written where it acts. */
function fixesOf(source: Source, { path, at, fix }: Finding): Fix[] | undefined {
  if (!fix) return undefined;
  const values = "values" in fix ? fix.values : [{ path, at, value: fix.value }];
  const edits = values.map(({ value, ...place }) => ({ span: source.spanOf(place), text: value }));
  const areWritten = values.every(
    (each, i) =>
      !originAt(source, each) &&
      source.written(each.path) === source.text.slice(edits[i].span.start, edits[i].span.end),
  );
  return areWritten ? [{ title: fix.title, edits }] : undefined;
}

/** Of what a finding names, the first place that is written in the file and not in its base; else the finding's own. */
function written(source: Source, finding: Finding): Place {
  if (!originAt(source, finding)) return finding;
  return finding.related?.find((place) => !originAt(source, place)) ?? finding;
}

function relatedOf(source: Source, finding: Finding, own: Place): readonly Related[] | undefined {
  const origin = originAt(source, finding);
  const inBase = origin ? originNote({ span: origin.span, origin }) : [];
  const others = finding.related?.filter((place) => place !== own);
  const related = others?.map((place): Related => {
    const { base, span } = originAt(source, place) ?? { span: source.spanOf(place) };
    return { message: place.message, span, ...(base && { base }) };
  });
  return inBase.length > 0 ? [...inBase, ...(related ?? [])] : related;
}

/** Where in a base the value at a place stands, or what is nearest to it; undefined for what the file itself holds. */
function originAt({ base, root }: Source, { path }: Place): Origin | undefined {
  if (!base) return undefined;
  for (let depth = path.length; depth > 0; depth--) {
    const node = nodeAt(root, path.slice(0, depth));
    if (node) return node.origin?.base && node.origin;
  }
  return undefined;
}

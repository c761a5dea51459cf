import { anchorAt } from "../dsl/anchors";
import type { Base } from "../dsl/base";
import { declarationOf, type Mention, mentionAt, namesOf } from "../dsl/names";
import type { Source } from "../dsl/parse";
import type { Span } from "../dsl/problem";
import { describe } from "../dsl/schema-info";
import { entryAt } from "../dsl/tree";
import { fileUri, isPath } from "./file-uri";

/** Where to go from a place of a risk file. */
export interface Destination {
  /** What leads there. */
  readonly from: Span;
  /** Of a data file or a base; absent for the risk file itself. */
  readonly uri?: string;
  /** The file that the risk file extends, when that is where to go. */
  readonly base?: Base;
  /** In the risk file or its base, or the start of the data file. */
  readonly to: Span;
}

/**
 * What an offset refers to: an alias its anchor, a name its declaration, a value that replaces a merged one what it
 * replaces, a path its file. Undefined where there is nothing, or nothing is declared.
 * @param uri of the risk file
 */
export function definition(source: Source, offset: number, uri: string): Destination | undefined {
  return toAnchor(source, offset) ?? toDeclaration(source, offset) ?? toPlace(source, offset, uri);
}

function toAnchor({ text }: Source, offset: number): Destination | undefined {
  const anchor = anchorAt(text, offset);
  const from = anchor?.aliases.find(({ start, end }) => start - 1 <= offset && offset <= end);
  const to = anchor?.declaration;
  return to && { from: from ?? to, to };
}

function toDeclaration(source: Source, offset: number): Destination | undefined {
  const mention = mentionAt(namesOf(source), offset);
  const declared = mention && declaredIn(source, mention);
  return declared && { from: mention.span, ...declared };
}

/** Where a name is declared, in the file or in one that it extends. */
function declaredIn(source: Source, mention: Mention): Pick<Destination, "to" | "base"> | undefined {
  const own = declarationOf(mention);
  if (own && own.span !== mention.span) return { to: own.span };
  const { base } = source;
  const { market, name } = mention;
  const kind = mention.declares ?? mention.kind;
  const inBase = base?.source && namesOf(base.source).find(name.kind, name.text, market);
  const found = inBase && declaredIn(base.source!, { ...mention, kind, name: inBase });
  if (found) return { base, ...found };
  return own && { to: own.span };
}

function toPlace(source: Source, offset: number, uri: string): Destination | undefined {
  const place = source.pathAt(offset);
  if (!place) return undefined;
  const from = source.spanOf(place);
  const entry = entryAt(source.root, place.path);
  if (place.at === "key" || entry?.overrides?.base) {
    const { overrides } = entry ?? {};
    return overrides && { from, to: overrides.span, base: overrides.base };
  }
  const value = entry?.value;
  if (value?.kind !== "scalar" || !isPath(describe(place.path, source)?.format)) return undefined;
  const file = fileUri(value.text, uri);
  return file === undefined ? undefined : { from, uri: file, to: { start: 0, end: 0 } };
}

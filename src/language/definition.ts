import { anchorAt } from "../dsl/anchors";
import { declarationOf, mentionAt, namesOf } from "../dsl/names";
import type { Source } from "../dsl/parse";
import type { Span } from "../dsl/problem";
import { describe } from "../dsl/schema-info";
import { entryAt } from "../dsl/tree";
import { fileUri } from "./file-uri";

/** Where to go from a place of a risk file. */
export interface Destination {
  /** What leads there. */
  readonly from: Span;
  /** Of a data file; absent for the risk file itself. */
  readonly uri?: string;
  /** In the risk file, or the start of the data file. */
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
  const declaration = mention && declarationOf(mention);
  return declaration && { from: mention.span, to: declaration.span };
}

function toPlace(source: Source, offset: number, uri: string): Destination | undefined {
  const place = source.pathAt(offset);
  if (!place) return undefined;
  const from = source.spanOf(place);
  const entry = entryAt(source.root, place.path);
  if (place.at === "key") return entry?.overrides && { from, to: entry.overrides.span };
  const value = entry?.value;
  if (value?.kind !== "scalar" || describe(place.path, source)?.format !== "data-file") return undefined;
  const file = fileUri(value.text, uri);
  return file === undefined ? undefined : { from, uri: file, to: { start: 0, end: 0 } };
}

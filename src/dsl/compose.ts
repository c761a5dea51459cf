import { isCollection } from "yaml";
import { buildTree, type Part, type Piece, type Section } from "./build-tree";
import { readChunk } from "./chunk";
import { cachedChunk } from "./chunk-cache";
import { type Block, type Outline, outlineOf } from "./outline";
import type { Problem, Span } from "./problem";
import { emptyFile } from "./syntax";
import type { Node } from "./tree";

export interface Composed {
  readonly root?: Node;
  readonly problems: readonly Problem[];
  /** True when the tree is only what could be recovered from broken YAML. */
  readonly broken: boolean;
}

/** YAML text to a tree with aliases and merge keys resolved. Never throws. */
export function compose(text: string): Composed {
  const outline = outlineOf(text);
  return (outline && composePieces(text, outline)) ?? composeWhole(text);
}

/** Undefined when a piece does not read as what its first line promised. */
function composePieces(text: string, block: Block): Composed | undefined {
  const pieces: Piece[] = [];
  const root = sectionOf(text, block, pieces);
  if (pieces.some(({ chunk }) => chunk.contents !== null && !isCollection(chunk.contents))) return undefined;
  const syntax = pieces.flatMap(({ chunk, offset }) =>
    chunk.problems.map((problem) => shifted(problem, offset)),
  );
  const broken = pieces.some(({ chunk }) => chunk.broken);
  const tree = buildTree(root);
  return { root: tree.root, problems: broken ? syntax : [...syntax, ...tree.problems], broken };
}

/** Reads a file without taking it apart. */
export function composeWhole(text: string): Composed {
  const chunk = readChunk(text);
  const { problems, broken } = chunk;
  if (chunk.contents === null)
    return { problems: problems.length > 0 ? problems : [emptyFile()], broken: true };
  const tree = buildTree({ kind: "piece", chunk, offset: 0 });
  return { root: tree.root, problems: broken ? problems : [...problems, ...tree.problems], broken };
}

function sectionOf(
  text: string,
  { parts, isList, span }: Block,
  pieces: Piece[],
  key?: Section["key"],
): Section {
  return { kind: "section", key, isList, span, parts: parts.map((part) => partOf(text, part, pieces)) };
}

function partOf(text: string, outline: Outline, pieces: Piece[]): Part {
  if (outline.kind === "section") {
    const { start, end } = outline.key;
    return sectionOf(text, outline.block, pieces, { text: text.slice(start, end), span: outline.key });
  }
  const { start, end } = outline.span;
  const piece: Piece = { kind: "piece", chunk: cachedChunk(text.slice(start, end)), offset: start };
  pieces.push(piece);
  return piece;
}

function shifted(problem: Problem, by: number): Problem {
  const move = ({ start, end }: Span) => ({ start: start + by, end: end + by });
  return {
    ...problem,
    span: move(problem.span),
    related: problem.related?.map((place) => ({ ...place, span: move(place.span) })),
    fixes: problem.fixes?.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, span: move(edit.span) })),
    })),
  };
}

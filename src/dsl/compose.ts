import type { Piece } from "./block";
import { type Built, buildTree, buildWhole, type Part, type Section } from "./build-tree";
import { readChunk } from "./chunk";
import { inPlace } from "./misplaced";
import { type Body, type Section as KeyedOutline, outlineOf } from "./outline";
import { type Cut, cutter } from "./pieces";
import type { Problem, Span } from "./problem";
import { shifted } from "./shift";
import type { Steps } from "./steps";
import { emptyFile, tabProblem } from "./syntax";
import type { Node } from "./tree";

export interface Composed {
  readonly root?: Node;
  readonly problems: readonly Problem[];
  /** True when the tree is only what could be recovered from broken YAML. */
  readonly broken: boolean;
}

/** A file as it was taken apart, its blocks read or still to be read. */
export interface Layout {
  /** Absent when the file has to be read as a whole. */
  readonly root?: Section;
  /** Of this version, or of the last one that was taken apart. */
  readonly cut?: Cut;
}

/** Takes a text apart, with the blocks of an older version where the lines are the same. Stops after new ones. */
export function* layOut(text: string, last?: Cut): Steps<Layout> {
  const outline = yield* outlineOf(text);
  yield;
  if (!outline) return { cut: last };
  const cut = cutter(text, last);
  const pieces: Piece[] = [];
  const root = yield* sectionOf(text, outline, (span) => {
    const piece = cut(span);
    pieces.push(piece);
    return piece;
  });
  return { root, cut: { text, pieces } };
}

/** YAML text to a tree with aliases and merge keys resolved. Never throws. Stops after new pieces. */
export function* compose(text: string, layout: Layout): Steps<Composed> {
  return layout.root ? yield* composePieces(text, layout.root, layout.cut!.pieces) : composeWhole(text);
}

function* composePieces(text: string, root: Section, pieces: readonly Piece[]): Steps<Composed> {
  const syntax: Problem[] = [];
  let broken = false;
  for (const { block, offset } of pieces) {
    if (!block.isRead) yield;
    const read = block.read();
    broken ||= read.broken;
    for (const problem of read.problems) syntax.push(shifted(problem, offset));
  }
  const problems = withTabsOnce(text, syntax);
  const tree = buildTree(root);
  yield;
  return composed(text, tree, problems, broken);
}

/** Tabs are one mistake, in however many blocks they are. */
function withTabsOnce(text: string, problems: Problem[]): Problem[] {
  const others = problems.filter(({ rule }) => rule !== "yaml-tab");
  return problems.length - others.length > 1 ? [...others, tabProblem(text)!] : problems;
}

/** Reads a file without taking it apart. */
export function composeWhole(text: string): Composed {
  const chunk = readChunk(text);
  const { problems, broken } = chunk;
  if (chunk.contents === null)
    return { problems: problems.length > 0 ? problems : [emptyFile()], broken: true };
  return composed(text, buildWhole(chunk), problems, broken);
}

/** In text that is broken, columns say little. */
function composed(
  text: string,
  { root, problems }: Built,
  syntax: readonly Problem[],
  broken: boolean,
): Composed {
  if (broken) return { root, problems: syntax, broken };
  const placed = inPlace(text, root);
  return { root: placed.root, problems: [...syntax, ...problems, ...placed.problems], broken };
}

type Cutter = (span: Span) => Piece;

function* sectionOf(text: string, { parts: outlines, isList, span }: Body, cut: Cutter): Steps<Section> {
  const parts: Part[] = [];
  for (const outline of outlines) {
    const part = outline.kind === "lines" ? cut(outline.span) : yield* keyedSection(text, outline, cut);
    parts.push(part);
    if (part.kind === "piece" && !part.block.isRead) yield;
  }
  return { kind: "section", isList, span, parts };
}

function* keyedSection(text: string, outline: KeyedOutline, cut: Cutter): Steps<Section> {
  const { key: span, unfinished, body } = outline;
  const key = { text: text.slice(span.start, span.end), span };
  return { ...(yield* sectionOf(text, body, cut)), key, unfinished };
}

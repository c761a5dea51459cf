import * as l10n from "@vscode/l10n";
import type {
  CompletionItem,
  CompletionItemKind,
  CompletionList,
  InsertTextFormat,
  InsertTextMode,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Base } from "../../dsl/base";
import type { Problem } from "../../dsl/problem";
import { rangeOf } from "../ranges";
import { aliasesAt } from "./aliases";
import {
  type Candidate,
  type CandidateKind,
  CURSOR,
  type Offer,
  type Piece,
  textOfPieces,
} from "./candidate";
import { candidatesOf } from "./candidates";
import { cursorContext } from "./cursor-context";
import { dataOf } from "./documentation";
import { type FolderEntry, fileCandidates } from "./files";
import { type Scene, sceneOf } from "./scene";
import { suppressionAt } from "./suppressions";
import { numberCandidates } from "./values";

/** What the client can do with a completion. */
export interface CompletionAbilities {
  readonly snippets: boolean;
  /** Whether it lets the person choose between replacing the rest of a word and keeping it. */
  readonly insertReplace: boolean;
}

const KINDS: Readonly<Record<CandidateKind, CompletionItemKind>> = {
  key: 10,
  value: 12,
  name: 18,
  unit: 11,
  block: 15,
  file: 17,
  folder: 19,
  rule: 21,
};

const plainText: InsertTextFormat = 1;
const snippet: InsertTextFormat = 2;
/** The text has its indentation already. */
const asIs: InsertTextMode = 1;

/** Nobody wants to pass through more: a longer block is inserted as it is. */
const MOST_STOPS = 20;

const NONE: CompletionList = { isIncomplete: false, items: [] };

/** What is around a text and not in it. */
export interface Beside {
  /** What is in the folder that `folderAsked` names. */
  readonly folder?: readonly FolderEntry[];
  /** The file that the text extends. */
  readonly base?: Base;
  /** What was found in the text. */
  readonly problems?: readonly Problem[];
  /** Whether a digit was typed and nothing else was asked for. */
  readonly digit?: boolean;
}

/** What can be accepted at an offset, the likeliest first. */
export function completion(
  document: TextDocument,
  offset: number,
  abilities: CompletionAbilities,
  beside: Beside = {},
): CompletionList {
  const offer = offerAt(document.getText(), offset, beside);
  if (!offer) return NONE;
  const { candidates, ...place } = offer;
  const items = candidates.map((candidate, index) =>
    itemOf(candidate, index, { ...place, document, offset }, abilities),
  );
  // Blocks take what is typed as the name of the entry, so they change with every letter.
  return { isIncomplete: candidates.some(({ kind }) => kind === "block"), items };
}

function offerAt(
  text: string,
  offset: number,
  { folder = [], base, problems = [], digit = false }: Beside,
): Offer | undefined {
  const context = cursorContext(text, offset);
  const aliases = context && aliasesAt(text, context);
  if (aliases && !digit) return aliases;
  const scene = context && sceneOf(text, context, base);
  if (digit) return scene && numberOffer(scene, offset);
  if (!scene) return suppressionAt(text, offset, problems);
  const { word, before, after, at } = scene.context;
  const candidates = [...candidatesOf(scene), ...fileCandidates(scene, offset, folder)];
  return { word, before, after: at === "value" ? after : "", candidates };
}

/** Where a number is typed, its units: nothing where it has none. */
function numberOffer(scene: Scene, offset: number): Offer | undefined {
  const { word, before, after, at } = scene.context;
  if (at !== "value" || offset !== word.end) return undefined;
  return { word, before, after, candidates: numberCandidates(scene) };
}

function itemOf(
  candidate: Candidate,
  index: number,
  {
    word,
    before,
    after,
    document,
    offset,
  }: Omit<Offer, "candidates"> & {
    document: TextDocument;
    offset: number;
  },
  { snippets, insertReplace }: CompletionAbilities,
): CompletionItem {
  const { label, kind, detail, filter, rank, about, goesOn } = candidate;
  const pieces = [before, ...candidate.insert, after];
  const stops = pieces.filter((piece) => typeof piece !== "string").length;
  const isSnippet = snippets && stops > 0 && stops <= MOST_STOPS;
  const newText = isSnippet ? snippetOf(pieces) : textOfPieces(pieces);
  const replace = rangeOf(word, document);
  const insert = rangeOf({ start: word.start, end: offset }, document);
  return {
    label,
    kind: KINDS[kind],
    detail,
    sortText: `${rank}${String(index).padStart(4, "0")}`,
    filterText: filter ?? label,
    textEdit: insertReplace ? { newText, insert, replace } : { newText, range: replace },
    insertTextFormat: isSnippet ? snippet : plainText,
    insertTextMode: asIs,
    ...(goesOn && { command: { title: l10n.t("Suggest"), command: "editor.action.triggerSuggest" } }),
    ...(about && { data: dataOf(about, document.uri) }),
  };
}

function snippetOf(pieces: readonly Piece[]): string {
  let stop = 0;
  return pieces
    .map((piece) => (typeof piece === "string" ? escaped(piece) : stopOf(piece, () => ++stop)))
    .join("");
}

/** More choices are no help. */
const MOST_CHOICES = 20;

function stopOf(piece: Exclude<Piece, string>, next: () => number): string {
  if (piece === CURSOR) return "$0";
  const { example, choices = [] } = piece;
  if (choices.length < 2) return `\${${next()}:${escaped(example)}}`;
  const listed = choices.slice(0, MOST_CHOICES).map((choice) => escaped(choice).replace(/[,|]/g, "\\$&"));
  return `\${${next()}|${listed.join(",")}|}`;
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

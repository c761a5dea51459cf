import * as l10n from "@vscode/l10n";
import type {
  CompletionItem,
  CompletionItemKind,
  CompletionList,
  InsertTextFormat,
  InsertTextMode,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Problem, Span } from "../../dsl/problem";
import { rangeOf } from "../ranges";
import { type Candidate, type CandidateKind, CURSOR, type Piece, textOfPieces } from "./candidate";
import { candidatesOf } from "./candidates";
import { dataOf } from "./documentation";
import { type FolderEntry, fileCandidates } from "./files";
import { type Scene, sceneAt } from "./scene";
import { suppressionAt } from "./suppressions";

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
  /** What was found in the text. */
  readonly problems?: readonly Problem[];
}

/** What can be accepted at an offset, the likeliest first. */
export function completion(
  document: TextDocument,
  offset: number,
  abilities: CompletionAbilities,
  { folder = [], problems = [] }: Beside = {},
): CompletionList {
  const text = document.getText();
  const scene = sceneAt(text, offset);
  const silence = scene ? undefined : suppressionAt(text, offset, problems);
  const candidates = scene
    ? [...candidatesOf(scene), ...fileCandidates(scene, offset, folder)]
    : silence?.candidates;
  const place = scene ? placeOf(scene) : silence;
  if (!candidates || !place) return NONE;
  const items = candidates.map((candidate, index) =>
    itemOf(candidate, index, { ...place, document, offset }, abilities),
  );
  // Blocks take what is typed as the name of the entry, so they change with every letter.
  return { isIncomplete: candidates.some(({ kind }) => kind === "block"), items };
}

/** Where an accepted completion goes, and what is missing around it. */
interface Place {
  readonly word: Span;
  readonly before: string;
  readonly after: string;
}

function placeOf({ context: { word, before, after, at } }: Scene): Place {
  return { word, before, after: at === "value" ? after : "" };
}

function itemOf(
  candidate: Candidate,
  index: number,
  { word, before, after, document, offset }: Place & { document: TextDocument; offset: number },
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

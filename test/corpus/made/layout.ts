import type { Dice } from "./dice";
import type { Fields, Piece } from "./written";

interface Layout {
  readonly dice: Dice;
  readonly step: string;
  /** Names of the anchors of scalars, by how they are written. */
  readonly anchors: Map<string, string>;
  /** Number of these anchors. A text may have had several. */
  named: number;
}

/** YAML in block and flow style at random, with comments, blank lines, and anchors where a scalar stands twice. */
export function laidOut(root: Fields, dice: Dice): string {
  return blockMap({ dice, step: dice.pick(["  ", "    "]), anchors: new Map(), named: 0 }, root, "");
}

function blockMap(layout: Layout, { fields }: Fields, indent: string): string {
  const lines = fields.map(([key, value]) => `${indent}${key}:${behind(layout, value, indent)}`);
  return lines.map((line, i) => (i === 0 ? "" : between(layout.dice, indent)) + line).join("");
}

/** What follows a key: on its line, or in lines below it. */
function behind(layout: Layout, piece: Piece, indent: string): string {
  const { dice, step } = layout;
  if (typeof piece !== "string" && "anchor" in piece)
    return ` &${piece.anchor}${behind(layout, piece.of, indent)}`;
  if (typeof piece !== "string" && "folded" in piece)
    return ` ${dice.pick([">-", "|-"])}${comment(dice)}\n${indent}${step}${piece.folded}\n`;
  const isLine =
    typeof piece === "string" || isEmpty(piece) || dice.chance(0.2 + 0.1 * (indent.length / step.length));
  if (isLine) return ` ${inFlow(layout, piece, indent + step)}${comment(dice)}\n`;
  const rest = `${comment(dice)}\n${between(dice, indent)}`;
  if ("fields" in piece) return rest + blockMap(layout, piece, indent + step);
  return rest + blockList(layout, piece as readonly Piece[], dice.chance(0.5) ? indent : indent + step);
}

function isEmpty(piece: Fields | readonly Piece[]): boolean {
  return ("fields" in piece ? piece.fields : piece).length === 0;
}

function blockList(layout: Layout, items: readonly Piece[], indent: string): string {
  return items.map((item) => `${indent}-${itemOf(layout, item, indent)}`).join(between(layout.dice, indent));
}

/** Behind its dash, on the same line. */
function itemOf(layout: Layout, item: Piece, indent: string): string {
  const inner = `${indent}  `;
  const isBlock = typeof item !== "string" && !("anchor" in item) && !("folded" in item) && !isEmpty(item);
  const isList = isBlock && !("fields" in item);
  if (!isBlock || layout.dice.chance(isList ? 0.1 : 0.5))
    return ` ${inFlow(layout, item, inner)}${comment(layout.dice)}\n`;
  const block = "fields" in item ? blockMap(layout, item, inner) : blockList(layout, item, inner);
  return ` ${block.trimStart()}`;
}

function inFlow(layout: Layout, piece: Piece, indent: string): string {
  const { dice } = layout;
  if (typeof piece === "string") return scalar(layout, piece);
  if ("anchor" in piece) return `&${piece.anchor} ${inFlow(layout, piece.of, indent)}`;
  if ("folded" in piece) return JSON.stringify(piece.folded);
  const parts =
    "fields" in piece
      ? piece.fields.map(([key, value]) => `${key}: ${inFlow(layout, value, `${indent}  `)}`)
      : piece.map((item) => inFlow(layout, item, `${indent}  `));
  const [open, close] = "fields" in piece ? "{}" : "[]";
  if (parts.length === 0) return open + close;
  if (dice.chance(0.8))
    return dice.pick([`${open} ${parts.join(", ")} ${close}`, `${open}${parts.join(", ")}${close}`]);
  const lines = parts.map((part) => `${indent}  ${part},${comment(dice)}\n`);
  return `${open}${comment(dice)}\n${lines.join("")}${indent}${close}`;
}

/** Now and then with an anchor, or as an alias of one. */
function scalar(layout: Layout, text: string): string {
  const { dice, anchors } = layout;
  const known = anchors.get(text);
  if (known !== undefined && dice.chance(0.3)) return `*${known}`;
  if (text.startsWith("*") || dice.chance(0.9)) return text;
  const name = `s${layout.named++}`;
  anchors.set(text, name);
  return `&${name} ${text}`;
}

const REMARKS = ["# why: see {above}", "#no space", "# 80% of 'it', \"quoted\"", "# - item: [", "# plimsoll"];

function comment(dice: Dice): string {
  return dice.chance(0.1) ? dice.pick([" ", `  ${dice.pick(REMARKS)}`]) : "";
}

function between(dice: Dice, indent: string): string {
  if (dice.chance(0.9)) return "";
  return dice.pick(["\n", "  \n", `${indent}${dice.pick(REMARKS)}\n`, `${dice.pick(REMARKS)}\n`]);
}

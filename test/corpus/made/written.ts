import type { RiskFile } from "../../../src/dsl/parse";
import type { Dimension } from "../../../src/dsl/quantity";
import { branchOf, childSchema, rootSchema, type Schema } from "../../../src/dsl/schema";
import { plainOrQuoted } from "../../../src/language/completion/scalars";
import type { Dice } from "./dice";
import { laidOut } from "./layout";
import { spelled } from "./spelled";

/** YAML before it is laid out: scalars as they are written, quotes and all. */
export type Piece = string | Fields | readonly Piece[] | Anchored | Folded;

/** Keys as they are written. */
export interface Fields {
  readonly fields: readonly (readonly [string, Piece])[];
}

export interface Anchored {
  readonly anchor: string;
  readonly of: Piece;
}

/** A text that stands below its key where there is room for it. */
export interface Folded {
  readonly folded: string;
}

interface Writer {
  readonly dice: Dice;
  readonly numeraire: string;
  /** What aliases and merge keys below take. */
  readonly homes: (readonly [string, Anchored])[];
}

/** The text of a file, in whatever styles YAML and the language have. */
export function written(file: RiskFile, dice: Dice): string {
  const writer: Writer = { dice, numeraire: file.numeraire ?? "USD", homes: [] };
  const sections = share(
    writer,
    fieldsOf(writer, file as unknown as Data, rootSchema, undefined),
    0,
  ) as Fields;
  const { homes } = writer;
  const fields =
    homes.length > 0 ? [["x-shared", { fields: homes }] as const, ...sections.fields] : sections.fields;
  const text = laidOut({ fields }, dice);
  const whole = dice.chance(0.2) ? `---\n${text}` : text;
  return dice.chance(0.2) ? whole.replaceAll("\n", "\r\n") : whole;
}

type Data = Readonly<Record<string, unknown>>;

/** Where a value stands: the map that its unit may be named in, and that map's own key. */
interface Around {
  readonly siblings: Data;
  readonly key?: string;
  /** Its own key. */
  readonly at?: string;
}

function pieceOf(writer: Writer, value: unknown, declared: Schema, around: Around): Piece {
  if (Array.isArray(value))
    return value.map((item, i) => pieceOf(writer, item, childSchema(declared, i)!, around));
  if (typeof value === "object") return fieldsOf(writer, value as Data, declared, around.at);
  if (typeof value === "string")
    return writer.dice.chance(0.05) ? { folded: value } : textPiece(writer.dice, value);
  const dimension = declared.dimension ?? dimensionBy(declared, around.siblings);
  if (dimension === undefined) return String(value);
  return spelled(writer.dice, Number(value), {
    dimension,
    unit: unitOf(writer, dimension, declared, around),
  });
}

function fieldsOf(writer: Writer, map: Data, declared: Schema, key: string | undefined): Fields {
  const { dice } = writer;
  const schema = branchOf(declared, (tag) => String(map[tag]))!;
  const fields = Object.keys(map).map((name) => {
    const around = { siblings: map, key, at: name };
    return [textPiece(dice, name), pieceOf(writer, map[name], childSchema(schema, name)!, around)] as const;
  });
  return { fields: dice.chance(0.5) ? dice.shuffled(fields) : fields };
}

function dimensionBy({ dimensionBy = {} }: Schema, siblings: Data): Dimension | undefined {
  return Object.entries(dimensionBy).map(([sibling, dimensions]) => dimensions[String(siblings[sibling])])[0];
}

/** The asset that an amount is of, or the numeraire. */
function unitOf(
  { numeraire }: Writer,
  dimension: Dimension,
  { amountOf }: Schema,
  { siblings, key, at }: Around,
) {
  if (dimension === "price" || dimension === "value") return numeraire;
  if (dimension !== "amount" || amountOf === undefined) return undefined;
  if (amountOf === ".") return key;
  if (amountOf === "*") return at;
  return String(amountOf.split("/").reduce<unknown>((holder, part) => (holder as Data)[part], siblings));
}

function textPiece(dice: Dice, text: string): string {
  if (dice.chance(0.7)) return plainOrQuoted(text, true);
  return dice.pick([JSON.stringify(text), escaped(text), `'${text.replaceAll("'", "''")}'`]);
}

/** In double quotes, every character by its number. */
function escaped(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) =>
    text.charCodeAt(i).toString(16).padStart(4, "0"),
  );
  return `"${units.map((unit) => `\\u${unit}`).join("")}"`;
}

/** Moves some maps, or some of their keys, to where an alias or a merge key takes them from. */
function share(writer: Writer, piece: Piece, depth = 1): Piece {
  if (typeof piece === "string" || "anchor" in piece || "folded" in piece) return piece;
  if (!("fields" in piece)) return piece.map((item) => share(writer, item));
  const { dice } = writer;
  const fields = piece.fields.map(([key, value]) => [key, share(writer, value)] as const);
  if (depth === 0 || fields.length === 0 || dice.chance(0.85)) return { fields };
  return dice.chance(0.4) ? home(writer, fields) : merged(writer, fields);
}

type Field = Fields["fields"][number];

/** Puts a map among those that are shared. */
function home({ homes }: Writer, fields: readonly Field[]): string {
  const anchor = `a${homes.length}`;
  homes.push([anchor, { anchor, of: { fields } }]);
  return `*${anchor}`;
}

/** Takes some of the keys from one shared map or two, and writes some of them again. */
function merged(writer: Writer, fields: readonly Field[]): Fields {
  const { dice } = writer;
  const taken = dice.some(fields, 1 + dice.below(fields.length));
  const overridden = dice.some(taken, dice.below(2));
  const shared = taken.map((field): Field => (overridden.includes(field) ? [field[0], "replaced"] : field));
  const middle = dice.below(shared.length);
  const parts = [shared.slice(0, middle), shared.slice(middle)].filter((part) => part.length > 0);
  const from = parts.map((part) => home(writer, part));
  const own = fields.filter((field) => !taken.includes(field) || overridden.includes(field));
  return { fields: [["<<", from.length === 1 ? from[0] : from], ...own] };
}

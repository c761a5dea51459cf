import { isCollection } from "yaml";
import { freeValues } from "./build-tree";
import { type Chunk, readChunk } from "./chunk";
import type { Problem } from "./problem";
import { incompleteKey, lineAt } from "./syntax";
import type { Entry, Node } from "./tree";
import { type Unit, unitOf } from "./unit";

/** Lines of a file that are read on their own, once for all versions they stand in. Offsets count from their start. */
export class Block {
  private reading?: Reading;

  constructor(private lines: string) {}

  get text(): string {
    return this.lines;
  }

  get isRead(): boolean {
    return this.reading !== undefined;
  }

  /** Reads the lines when it is asked for the first time. */
  read(): Reading {
    if (!this.reading) {
      this.lines = detached(this.lines);
      this.reading = readBlock(this.lines);
    }
    return this.reading;
  }
}

/** A part of a string keeps the whole string in memory; a copy does not. */
function detached(text: string): string {
  return JSON.parse(JSON.stringify(text));
}

/** Lines are either free, or tied to others by anchors, aliases or merge keys. */
export interface Reading {
  readonly free?: Free;
  readonly tied?: Chunk;
  /** What is wrong with the syntax. */
  readonly problems: readonly Problem[];
  readonly broken: boolean;
}

/** Entries of a map, or items of a list, and what is wrong with them besides the syntax. */
export interface Free {
  readonly entries: readonly Entry[];
  readonly items: readonly Node[];
  readonly problems: readonly Problem[];
  /** Of the entries' values, or of the items, in their order; scalars have none. */
  readonly units: readonly (Unit | undefined)[];
}

const TIES = /[&*]|<</;

function readBlock(text: string): Reading {
  const chunk = readChunk(text);
  const { contents, problems, broken } = chunk;
  if (contents !== null && !isCollection(contents)) return loose(text, chunk);
  if (TIES.test(text)) return { tied: chunk, problems, broken };
  const { entries, items, problems: flaws } = freeValues(chunk);
  const units = [...entries.map((entry) => unitOf(entry.value, entry)), ...items.map((item) => unitOf(item))];
  return { free: { entries, items, problems: flaws, units }, problems, broken };
}

const NOTHING: Free = { entries: [], items: [], problems: [], units: [] };

/** Text where a key should stand is a key that is not finished. */
function loose(text: string, { problems, broken }: Chunk): Reading {
  const start = text.search(/\S/);
  const span = { start, end: lineAt(text, start).end };
  const found = problems.length > 0 ? problems : [incompleteKey(text.slice(start, span.end), span)];
  return { free: NOTHING, problems: found, broken };
}

/** A block at its place in a version of the file. */
export class Piece {
  readonly kind = "piece";

  constructor(
    readonly block: Block,
    readonly offset: number,
  ) {}

  get end(): number {
    return this.offset + this.block.text.length;
  }
}

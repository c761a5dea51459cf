import { type Chunk, readChunk } from "./chunk";

/** Chunks in each of two generations; the older one goes when the younger is full. */
const MOST_CHUNKS = 20_000;

/** A chunk's text decides what it is, so the same lines are read once, in whatever version of whatever file. */
let young = new Map<string, Chunk>();
let old = new Map<string, Chunk>();

export function cachedChunk(text: string): Chunk {
  const recent = young.get(text);
  if (recent) return recent;
  const own = detached(text);
  const chunk = old.get(own) ?? readChunk(own);
  if (young.size >= MOST_CHUNKS) [old, young] = [young, new Map()];
  young.set(own, chunk);
  return chunk;
}

/** A part of a string keeps the whole string in memory; a copy does not. */
function detached(text: string): string {
  return JSON.parse(JSON.stringify(text));
}

import type { RiskFile } from "../dsl/parse";
import type { Finding, Place } from "../dsl/problem";

/** Where a book's positions come from: the file's name, else the key of the list, of the generator or of what it fills. */
export function bookPlace(name: string, book: { file?: string; positions?: unknown; fill?: unknown }): Place {
  if (book.file !== undefined) return { path: ["books", name, "file"] };
  const key = book.positions ? "positions" : book.fill ? "fill" : "generate";
  return { path: ["books", name, key], at: "key" };
}

/** A finding about the positions of a book as a whole. */
export function atBook(file: RiskFile, name: string, finding: Omit<Finding, keyof Place>): Finding {
  return { ...bookPlace(name, file.books![name]), ...finding };
}

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The names of the files in a ZIP archive, from its central directory.
 * Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, section 4.3.12.
 */
export function fileNames(archive: string): string[] {
  const bytes = readFileSync(archive);
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    names.push(bytes.toString("utf8", at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names.sort();
}

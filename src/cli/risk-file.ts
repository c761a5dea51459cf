import { readFile, stat } from "node:fs/promises";
import { Unusable } from "./unusable";

/** Far above any risk file; it keeps a data file named by mistake from filling the memory. */
const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * The bytes of a risk file.
 * @throws Unusable when there is nothing to read
 */
export async function readRiskFile(file: string): Promise<Uint8Array> {
  try {
    const info = await stat(file);
    if (info.isDirectory()) throw new Unusable(`${file} is a folder. Name a risk file (*.risk.yaml).`);
    if (!info.isFile()) throw new Unusable(`${file} is no regular file. Save it and name the file.`);
    if (info.size > LARGEST_FILE)
      throw new Unusable(
        `${file} has ${Math.round(info.size / 2 ** 20)} MiB; a risk file may have up to ${LARGEST_FILE / 2 ** 20} MiB. ` +
          "Move positions to a CSV file and name it in a book.",
      );
    return await readFile(file);
  } catch (error) {
    throw error instanceof Unusable ? error : new Unusable(reasonOf(file, error));
  }
}

/**
 * The text of a risk file, without a byte order mark.
 * @throws Unusable when the bytes are not UTF-8
 */
export function decodeRiskFile(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Unusable(`${file} is not UTF-8 text. Save it as YAML in UTF-8.`);
  }
}

function reasonOf(file: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return `There is no file ${file}.`;
  if (code === "EACCES" || code === "EPERM") return `${file} may not be read. Check its permissions.`;
  return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
}

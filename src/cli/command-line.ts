import { parseArgs } from "node:util";
import { Unusable } from "./unusable";

export type Command =
  | { readonly name: "help" }
  | { readonly name: "version" }
  | { readonly name: "check"; readonly file: string }
  | {
      readonly name: "simulate";
      readonly file: string;
      readonly format: "text" | "json";
      /** Absent: the pool's default. */
      readonly threads?: number;
    };

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  format: { type: "string" },
  threads: { type: "string" },
} as const;

const MOST_THREADS = 64;

/**
 * Reads the arguments after the program's name.
 * @throws Unusable with what was found and what is allowed
 */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { name: "help" };
  if (values.version) return { name: "version" };
  const [name, ...files] = positionals;
  if (name === undefined) throw wrong("Name a command: check or simulate.");
  if (name !== "check" && name !== "simulate")
    throw wrong(`There is no command "${name}". The commands are check and simulate.`);
  const file = onlyFile(name, files);
  if (name === "simulate")
    return { name, file, format: formatOf(values.format), threads: threadsOf(values.threads) };
  for (const option of ["format", "threads"] as const)
    if (values[option] !== undefined)
      throw wrong(`The option --${option} belongs to simulate, not to check.`);
  return { name, file };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw wrong(`${sentence.replace(/\.$/, "")}.`);
  }
}

function onlyFile(command: string, files: readonly string[]): string {
  const [file] = files;
  if (files.length === 1 && file !== "") return file;
  const found = file === undefined ? "none was named" : `${files.length} were named`;
  throw wrong(`plimsoll ${command} takes one risk file, and ${file === "" ? "its name is empty" : found}.`);
}

function formatOf(text = "text"): "text" | "json" {
  if (text === "text" || text === "json") return text;
  throw wrong(`The format "${text}" is unknown. The formats are text and json.`);
}

function threadsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const threads = Number(text);
  if (/^\d+$/.test(text) && threads >= 1 && threads <= MOST_THREADS) return threads;
  throw wrong(`--threads takes a whole number from 1 to ${MOST_THREADS}, and "${text}" is none.`);
}

function wrong(message: string): Unusable {
  return new Unusable(`${message} See "plimsoll --help".`);
}

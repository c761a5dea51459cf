import { parseArgs } from "node:util";
import type { Subject } from "../import/main";
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
    }
  | ImportCommand;

export interface ImportCommand {
  readonly name: "import";
  readonly subject: Subject;
  /** Absent: no venues are read. */
  readonly quoter?: string;
  /** Absent: the environment names it. */
  readonly rpc?: string;
  /** Absent: the newest. */
  readonly block?: number;
  /** Whether the file that is there is refreshed. */
  readonly update: boolean;
  readonly out: string;
}

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  format: { type: "string" },
  threads: { type: "string" },
  rpc: { type: "string" },
  provider: { type: "string" },
  market: { type: "string", multiple: true },
  morpho: { type: "string" },
  quoter: { type: "string" },
  block: { type: "string" },
  update: { type: "boolean" },
  out: { type: "string" },
} as const;

type Option = keyof typeof options;

/** Which options a command takes. */
const OPTIONS: Readonly<Record<"check" | "simulate" | "import", readonly Option[]>> = {
  check: [],
  simulate: ["format", "threads"],
  import: ["rpc", "provider", "market", "morpho", "quoter", "block", "update", "out"],
};

/** Which options say what is imported, by protocol. */
const SUBJECTS: Readonly<Record<Subject["protocol"], readonly Option[]>> = {
  "aave-v3": ["provider"],
  "morpho-blue": ["market", "morpho"],
};

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
  if (name === undefined) throw wrong("Name a command: check, simulate or import.");
  if (name !== "check" && name !== "simulate" && name !== "import")
    throw wrong(`There is no command "${name}". The commands are check, simulate and import.`);
  requireOwn(name, values);
  if (name === "import") return importOf(files, values);
  const file = onlyFile(name, files);
  if (name === "check") return { name, file };
  return { name, file, format: formatOf(values.format), threads: threadsOf(values.threads) };
}

function requireOwn(command: keyof typeof OPTIONS, values: Partial<Record<Option, unknown>>): void {
  for (const [owner, own] of Object.entries(OPTIONS))
    for (const option of own)
      if (owner !== command && values[option] !== undefined)
        throw wrong(`The option --${option} belongs to ${owner}, not to ${command}.`);
}

interface ImportValues {
  readonly rpc?: string;
  readonly provider?: string;
  readonly market?: string[];
  readonly morpho?: string;
  readonly quoter?: string;
  readonly block?: string;
  readonly update?: boolean;
  readonly out?: string;
}

function importOf([protocol, ...more]: readonly string[], values: ImportValues): ImportCommand {
  if ((protocol !== "aave-v3" && protocol !== "morpho-blue") || more.length > 0)
    throw wrong(
      `plimsoll import takes one protocol, aave-v3 or morpho-blue, and found ${[protocol, ...more].join(" ") || "none"}.`,
    );
  for (const [owner, own] of Object.entries(SUBJECTS))
    for (const option of own)
      if (owner !== protocol && values[option as keyof ImportValues] !== undefined)
        throw wrong(`The option --${option} belongs to import ${owner}, not to import ${protocol}.`);
  const subject = protocol === "aave-v3" ? aaveOf(values) : morphoOf(values);
  const { quoter, rpc, block, update = false, out } = values;
  if (!out) throw wrong("plimsoll import needs --out, the folder to write to.");
  return { name: "import", subject, quoter, rpc, block: blockOf(block), update, out };
}

function aaveOf({ provider }: ImportValues): Subject {
  if (provider) return { protocol: "aave-v3", provider };
  throw wrong("plimsoll import aave-v3 needs --provider, the PoolAddressesProvider's address.");
}

function morphoOf({ morpho, market = [] }: ImportValues): Subject {
  if (market.length > 0) return { protocol: "morpho-blue", morpho, markets: market };
  throw wrong(
    "plimsoll import morpho-blue needs --market, the id of a market; several are given one by one.",
  );
}

function blockOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw wrong(`--block takes the number of a block, and "${text}" is none.`);
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

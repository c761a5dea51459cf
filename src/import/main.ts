import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Hex, isAddress, isHash } from "viem";
import { parse } from "../dsl/parse";
import { Cancelled } from "../engine/simulate";
import { AAVE_FILE, importAave } from "./aave/import-aave";
import { type Chain, connect } from "./chain";
import { driftText } from "./drift-text";
import { ImportProblem } from "./import-problem";
import type { Imported } from "./imported";
import { importMorpho, MORPHO_FILE } from "./morpho/import-morpho";
import { counted } from "./numbers";
import { redactor } from "./redact";
import type { Surroundings } from "./surroundings";
import { updated } from "./update";
import { writeFiles } from "./write-files";

/** Which deployment to read. */
export type Subject =
  | {
      readonly protocol: "aave-v3";
      /** Address of the PoolAddressesProvider. */
      readonly provider: string;
    }
  | {
      readonly protocol: "morpho-blue";
      /** Address of the contract. Absent: where most chains have it. */
      readonly morpho?: string;
      /** Ids of markets, at least one. */
      readonly markets: readonly string[];
    };

export interface ImportRequest {
  readonly subject: Subject;
  /** Address of Uniswap's QuoterV2. Absent: no venues. */
  readonly quoter?: string;
  /** http or https; never shown or written. */
  readonly rpc: string;
  /** Absent: the newest. */
  readonly block?: number;
  /** Whether the risk file is there already and is refreshed. */
  readonly update?: boolean;
  /** Folder that the files are written to. */
  readonly out: string;
}

/** How an import ended. It is data, because callers are other bundles with error classes of their own. */
export type ImportOutcome =
  | { readonly kind: "written"; readonly file: string; readonly report: readonly string[] }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "cancelled" };

/** Reads a live deployment and writes its risk file and positions. Never rejects for what a node or a contract does. */
export async function importDeployment(request: ImportRequest, around: Surroundings): Promise<ImportOutcome> {
  if (!isUrl(request.rpc))
    return {
      kind: "failed",
      message: "The RPC URL is no http or https URL. Give one such as https://host/path.",
    };
  const redacted = redactor(request.rpc);
  try {
    return await importFrom(request, around);
  } catch (error) {
    if (error instanceof Cancelled || around.signal.aborted) return { kind: "cancelled" };
    if (error instanceof ImportProblem) return { kind: "failed", message: redacted(error.message) };
    throw new Error(redacted(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }
}

async function importFrom(request: ImportRequest, around: Surroundings): Promise<ImportOutcome> {
  const { subject, quoter, rpc, block, update = false, out } = request;
  requireWellFormed(subject);
  if (quoter !== undefined) requireAddress(quoter, "quoter", "that of Uniswap's QuoterV2");
  const file = join(out, subject.protocol === "aave-v3" ? AAVE_FILE : MORPHO_FILE);
  const existing = update ? await textOf(file) : undefined;
  if (!update) requireFree([file]);
  const chain = await connect({ url: rpc, block, signal: around.signal });
  if (existing !== undefined) requireChain(file, existing, chain);
  const imported = await read(request, chain, around);
  if (!(await chain.isCanonical()))
    throw new ImportProblem(
      `Block ${chain.block} was replaced while it was read. Nothing was written. Try again.`,
    );
  const data = imported.data.map(({ path, text }) => ({ path: join(out, path), text }));
  if (existing === undefined) requireFree(data.map(({ path }) => path));
  const refreshed = existing === undefined ? undefined : updated(existing, imported.text);
  await writeFiles([...data, { path: file, text: refreshed?.text ?? imported.text }], around.signal);
  const changes = refreshed ? driftText(refreshed.drift) : [];
  return { kind: "written", file, report: [...reportOf(chain, imported), ...changes] };
}

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => {
    throw new ImportProblem(`There is no ${file} to update. Leave --update out, or give its folder.`);
  });
}

function requireChain(file: string, text: string, { id }: Chain): void {
  const of = parse(text).file?.snapshot?.chain;
  if (of === undefined || of === id) return;
  throw new ImportProblem(
    `${file} is of chain ${of}, and the node is of chain ${id}. Give an RPC URL of chain ${of}.`,
  );
}

function requireWellFormed(subject: Subject): void {
  if (subject.protocol === "aave-v3") {
    requireAddress(subject.provider, "provider", "the PoolAddressesProvider's");
    return;
  }
  if (subject.morpho !== undefined) requireAddress(subject.morpho, "contract", "that of Morpho");
  const wrong = subject.markets.find((id) => !isHash(id));
  if (wrong !== undefined)
    throw new ImportProblem(`The market "${wrong}" is no id: it has 0x and 64 hexadecimal digits.`);
}

function requireAddress(text: string, what: string, whose: string): void {
  if (isAddress(text, { strict: false })) return;
  throw new ImportProblem(
    `The ${what} "${text}" is no address: it has 0x and 40 hexadecimal digits. Give ${whose}.`,
  );
}

function read(request: ImportRequest, chain: Chain, around: Surroundings): Promise<Imported> {
  const { subject } = request;
  const quoter = request.quoter as Hex | undefined;
  if (subject.protocol === "aave-v3")
    return importAave(chain, { provider: subject.provider as Hex, quoter }, around);
  const ids = subject.markets.map((id) => id.toLowerCase() as Hex);
  return importMorpho(chain, { morpho: subject.morpho as Hex | undefined, ids, quoter }, around);
}

function requireFree(paths: readonly string[]): void {
  const there = paths.find((path) => existsSync(path));
  if (there)
    throw new ImportProblem(
      `${there} is there already. Choose another folder, move the file, or refresh it with --update.`,
    );
}

function reportOf(
  { id, block }: { id: number; block: number },
  { accounts, differences, notes }: Imported,
): string[] {
  const shown = differences
    .slice(0, 5)
    .map(({ account, own, contract }) => `  ${account}: ${own}, not ${contract}`);
  const more = differences.length > shown.length ? [`  and ${differences.length - shown.length} more`] : [];
  const health =
    differences.length === 0
      ? ["Their health factors by the file are those of the contracts."]
      : [
          `${counted(differences.length, "account")} ${differences.length === 1 ? "has" : "have"} another health factor by the file than by the contracts:`,
          ...shown,
          ...more,
        ];
  return [
    `Chain ${id}, block ${block}: ${counted(accounts, "account")} that ${accounts === 1 ? "owes" : "owe"}.`,
    ...(accounts > 0 ? health : []),
    ...notes,
  ];
}

function isUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

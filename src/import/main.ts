import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Hex, isAddress } from "viem";
import { Cancelled } from "../engine/simulate";
import { AAVE_FILES, importAave } from "./aave/import-aave";
import { connect } from "./chain";
import { ImportProblem } from "./import-problem";
import type { Imported } from "./imported";
import { counted } from "./numbers";
import { redactor } from "./redact";
import type { Surroundings } from "./surroundings";
import { writeFiles } from "./write-files";

export interface ImportRequest {
  readonly protocol: "aave-v3";
  /** http or https; never shown or written. */
  readonly rpc: string;
  /** Of Aave's PoolAddressesProvider. */
  readonly provider: string;
  /** Absent: the newest. */
  readonly block?: number;
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
  const { rpc, provider, block, out } = request;
  if (!isAddress(provider, { strict: false }))
    throw new ImportProblem(
      `The provider "${provider}" is no address: it has 0x and 40 hexadecimal digits. Give the PoolAddressesProvider's.`,
    );
  const file = join(out, AAVE_FILES.risk);
  requireFree([file, join(out, AAVE_FILES.positions)]);
  const chain = await connect({ url: rpc, block, signal: around.signal });
  const imported = await importAave(chain, provider as Hex, around);
  if (!(await chain.isCanonical()))
    throw new ImportProblem(
      `Block ${chain.block} was replaced while it was read. Nothing was written. Try again.`,
    );
  const data = imported.data.map(({ path, text }) => ({ path: join(out, path), text }));
  await writeFiles([...data, { path: file, text: imported.text }], around.signal);
  return { kind: "written", file, report: reportOf(chain, imported) };
}

function requireFree(paths: readonly string[]): void {
  const there = paths.find((path) => existsSync(path));
  if (there) throw new ImportProblem(`${there} is there already. Choose another folder, or move the file.`);
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

import { createRequire } from "node:module";
import { Cancelled } from "../engine/simulate";
import type * as importing from "../import/main";
import type { ImportCommand } from "./command-line";
import { printable } from "./diagnostics-text";
import { ExitCode } from "./exit-code";
import { progressLine } from "./progress";
import type { Terminal } from "./terminal";
import { Unusable } from "./unusable";

/** Where the RPC URL is looked for when no option gives it: command lines are seen by others and kept in histories. */
const RPC_VARIABLE = "PLIMSOLL_RPC_URL";

/**
 * `plimsoll import`: writes the risk file of a live deployment.
 * @param bundle file of the bundled importer, which no other command loads
 */
export async function importFrom(
  command: ImportCommand,
  bundle: string,
  { out, progress, interrupted }: Terminal,
): Promise<ExitCode> {
  const { subject, quoter, block, update, out: folder } = command;
  const rpc = command.rpc ?? process.env[RPC_VARIABLE];
  if (!rpc) throw new Unusable(`There is no RPC URL. Set ${RPC_VARIABLE}, or give --rpc.`);
  const { importDeployment } = createRequire(__filename)(bundle) as typeof importing;
  const line = progressLine(progress);
  const outcome = await importDeployment(
    { subject, quoter, rpc, block, update, out: folder },
    { progress: line.tell, signal: interrupted },
  ).finally(line.clear);
  if (outcome.kind === "cancelled") throw new Cancelled();
  if (outcome.kind === "failed") throw new Unusable(outcome.message);
  out(printable(`${[`Wrote ${outcome.file}.`, ...outcome.report].join("\n")}\n`));
  return ExitCode.pass;
}

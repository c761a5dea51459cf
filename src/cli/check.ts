import { countText, diagnosticsText } from "./diagnostics-text";
import { hasError } from "./examine";
import { ExitCode } from "./exit-code";
import { openRiskFile } from "./open";
import type { Terminal } from "./terminal";

/** `plimsoll check`: everything that can be said of a file without simulating it. */
export async function check(path: string, { out, style }: Terminal): Promise<ExitCode> {
  const { text, problems, readable } = await openRiskFile(path);
  out(diagnosticsText(path, text, problems, style));
  out(`${path}: ${countText(problems)}\n`);
  if (!readable) return ExitCode.unusable;
  return hasError(problems) ? ExitCode.fail : ExitCode.pass;
}

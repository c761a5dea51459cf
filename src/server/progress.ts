import * as l10n from "@vscode/l10n";
import type { Connection } from "vscode-languageserver";
import type { Progress } from "./session";

/** A progress the client shows while a run is under way, and by which the person can cancel it. */
export function progressOf(connection: Connection, title: string, cancel: () => void): Progress {
  const created = connection.window.createWorkDoneProgress().then((reporter) => {
    reporter.begin(title, 0, undefined, true);
    reporter.token.onCancellationRequested(cancel);
    return reporter;
  });
  const tell = (action: (reporter: Awaited<typeof created>) => void) => {
    created.then(action).catch((error) => connection.console.error(String(error)));
  };
  return {
    report: (done, total) =>
      tell((reporter) => reporter.report(percent(done, total), l10n.t("{0} of {1} paths", done, total))),
    end: () => tell((reporter) => reporter.done()),
  };
}

function percent(done: number, total: number): number {
  return total > 0 ? Math.min(100, (100 * done) / total) : 0;
}

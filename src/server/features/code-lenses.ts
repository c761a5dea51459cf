import { CodeLensRefreshRequest } from "vscode-languageserver";
import { untilOlder } from "../../language/age";
import { codeLenses as lensesOf } from "../../language/code-lenses";
import { isPast } from "../../protocol/past";
import { refreshed } from "../session";
import { toldOf } from "../told";
import type { Feature } from "./feature";

export const codeLenses: Feature = {
  capabilities: { codeLensProvider: {} },
  answer(connection, { session, refresh }) {
    const older = nextTime(refresh);
    connection.onCodeLens(({ textDocument }) => {
      const open = session(textDocument.uri);
      if (!open || isPast(textDocument.uri)) return [];
      const { source } = refreshed(open);
      const told = toldOf(open, source);
      if (told.lastRun) older.within(untilOlder(told.lastRun.age));
      return lensesOf({ document: open.document, source, told });
    });
  },
  async refresh(connection, client) {
    if (client.workspace?.codeLens?.refreshSupport) await connection.sendRequest(CodeLensRefreshRequest.type);
  },
};

/** Does something at the earliest of the times it was asked for, and then no more until it is asked again. */
function nextTime(action: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  const act = () => {
    due = Number.POSITIVE_INFINITY;
    action();
  };
  return {
    within(seconds: number): void {
      const at = performance.now() + seconds * 1000;
      if (at >= due) return;
      due = at;
      clearTimeout(timer);
      timer = setTimeout(act, seconds * 1000).unref();
    },
  };
}

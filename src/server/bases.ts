import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Workspace } from "../data/workspace";
import { loadBase } from "../model/load-base";
import { check } from "./check";
import { addressBeside } from "./data-files";
import { refreshed, type Session } from "./session";

/** A text that is open in an editor; undefined when it is open in none. */
export type OpenText = (uri: string) => TextDocument | undefined;

/**
 * Reads the file that a document extends as it is now, and checks the document over it.
 * @returns whether nothing newer was asked for meanwhile
 */
export async function rebase(session: Session, open: OpenText): Promise<boolean> {
  const path = refreshed(session).source.extends;
  const asked = {};
  session.rebasing = asked;
  const base = path === undefined ? undefined : await loadBase(path, textsOf(session, open), session.base);
  if (session.rebasing !== asked) return false;
  session.base = base;
  session.checked = check(session.document, session.checked, undefined, base);
  return true;
}

/** What is open in an editor is taken as it is there. */
function textsOf({ document, services }: Session, open: OpenText): Workspace {
  return {
    async read(path) {
      const address = addressBeside(document.uri, path);
      const text = address === undefined ? undefined : open(address)?.getText();
      return text === undefined ? services.workspace.read(path) : new TextEncoder().encode(text);
    },
  };
}

/** Whether a document is built on a file. */
export function isBuiltOn({ document, base }: Session, uri: string): boolean {
  const changed = decodeURIComponent(uri);
  return (base?.names ?? []).some((name) => {
    const address = addressBeside(document.uri, name);
    return address !== undefined && decodeURIComponent(address) === changed;
  });
}

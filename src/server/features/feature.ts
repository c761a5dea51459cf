import type { ClientCapabilities, Connection, ServerCapabilities } from "vscode-languageserver";
import type { BrowsableWorkspace } from "../../data/workspace";
import type { Session } from "../session";

/** One thing the client can ask about open files. Answers speak of the text as it is now. */
export interface Feature {
  readonly capabilities: ServerCapabilities;
  readonly answer: (connection: Connection, open: Open) => void;
  /** Lets the client ask again: a run has ended, or a setting is another. */
  readonly refresh?: (connection: Connection, client: ClientCapabilities) => Promise<void>;
}

/** What is open, and who asks. */
export interface Open {
  readonly session: (uri: string) => Session | undefined;
  /** The folders of the workspace. */
  readonly folders: () => readonly Folder[];
  readonly client: () => ClientCapabilities;
  /** Lets the client ask again for whatever shows what runs have told. */
  readonly refresh: () => void;
}

/** A folder of the workspace; paths start there. */
export interface Folder {
  readonly workspace: BrowsableWorkspace;
  readonly uriOf: (path: string) => string;
}

import type { ClientCapabilities, Connection, ServerCapabilities } from "vscode-languageserver";
import type { Session } from "../session";

/** One thing the client can ask about open files. Answers speak of the text as it is now. */
export interface Feature {
  readonly capabilities: ServerCapabilities;
  readonly answer: (connection: Connection, open: Open) => void;
}

/** What is open, and who asks. */
export interface Open {
  readonly session: (uri: string) => Session | undefined;
  readonly client: () => ClientCapabilities;
}

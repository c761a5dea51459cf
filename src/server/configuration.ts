import { isDeepStrictEqual } from "node:util";
import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
} from "vscode-languageserver";
import { readSettings, type Settings } from "./settings";

/** The settings as the client has them now. */
export interface Configuration {
  readonly settings: () => Settings;
  /** Takes what the client said at the start. */
  begin(client: ClientCapabilities, initial: unknown): void;
  /** Asks the client, once it is initialized, and to be told when they change. */
  follow(): Promise<void>;
}

/**
 * Follows the client's settings: it is asked for them where it can be, else it tells them.
 * @param onChange called when they have become others
 */
export function followSettings(
  connection: Connection,
  onChange: (settings: Settings, before: Settings) => void,
): Configuration {
  let settings = readSettings(undefined);
  let client: ClientCapabilities = {};
  const take = (sent: unknown) => {
    const before = settings;
    settings = readSettings(sent);
    if (!isDeepStrictEqual(settings, before)) onChange(settings, before);
  };
  const ask = async () => take(await connection.workspace.getConfiguration("plimsoll"));
  connection.onDidChangeConfiguration((change) => {
    if (client.workspace?.configuration) return ask();
    take(change.settings?.plimsoll);
  });
  return {
    settings: () => settings,
    begin(capabilities, initial) {
      client = capabilities;
      settings = readSettings(initial);
    },
    async follow() {
      if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
        void connection.client.register(DidChangeConfigurationNotification.type, { section: "plimsoll" });
      }
      if (client.workspace?.configuration) await ask();
    },
  };
}

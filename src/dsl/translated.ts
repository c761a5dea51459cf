import { t } from "@vscode/l10n";

/**
 * A text that stands elsewhere than in its call, in the language of the editor: one of the schema, or of a rule set of the
 * engine. The bundle that translators start from has those too (`scripts/l10n.mjs`).
 */
export function translated(text: string, ...args: readonly string[]): string {
  return t(text, ...args);
}

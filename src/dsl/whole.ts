import type { Source } from "./parse";

const BROKEN: ReadonlySet<string> = new Set(["yaml-syntax", "yaml-tab", "bad-indentation"]);

/** Whether a text is one YAML map throughout. Of broken YAML a part is read at most: what seems missing may be there. */
export function isWhole({ draft, problems }: Source): boolean {
  return draft !== undefined && !problems.some(({ rule }) => BROKEN.has(rule));
}

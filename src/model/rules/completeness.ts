import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { list } from "../text";
import type { StaticRule } from "./static-rule";

export const completenessRules: readonly StaticRule[] = [nothingToSimulate];

const needed = ["markets", "books", "liquidators", "scenarios"] as const;

/** Legal while a file is being written, but it should be no surprise that nothing comes out. */
function nothingToSimulate(draft: Draft): Finding[] {
  const missing = needed.filter((part) => Object.keys(draft[part] ?? {}).length === 0);
  if (missing.length === 0) return [];
  const message = l10n.t("There is nothing to simulate yet: the file has no {0}.", list([...missing]));
  return [{ rule: "nothing-to-simulate", severity: "information", path: ["plimsoll"], message }];
}

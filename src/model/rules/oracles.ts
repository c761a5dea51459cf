import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { circle, entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const oracleRules: readonly StaticRule[] = [oracleCircle];

function oracleCircle({ oracles }: Draft): Finding[] {
  return entries(oracles).flatMap(([name]): Finding[] => {
    const names = circle(name, (oracle) => oracles?.[oracle]?.base);
    if (!names) return [];
    const message = l10n.t(
      '{0}: none of them reports an asset. Let one of them report an asset with "of".',
      [...names, name].reduce((chain, next) => l10n.t("{0} is based on {1}", chain, next)),
    );
    return [{ rule: "oracle-circle", severity: "error", path: ["oracles", name, "base"], message }];
  });
}

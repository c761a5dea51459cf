import type { Severity } from "../dsl/problem";
import type { Settings } from "./settings";

interface Judged {
  readonly rule: string;
  readonly severity: Severity;
}

/**
 * What was found, as loud as the settings want each rule. A hint is for what is so on most live markets: it is silent
 * until a setting names its rule.
 */
export function graded<T extends Judged>(all: readonly T[], rules: Settings["rules"]): T[] {
  return all.flatMap((each) => {
    const severity = rules[each.rule] ?? (each.severity === "hint" ? "off" : each.severity);
    if (severity === "off") return [];
    return [severity === each.severity ? each : { ...each, severity }];
  });
}

/** The same, but errors stay: without them nothing would run, and nobody would be told why. */
export function gradedButErrors<T extends Judged>(all: readonly T[], rules: Settings["rules"]): T[] {
  return all.flatMap((each) => (each.severity === "error" ? [each] : graded([each], rules)));
}

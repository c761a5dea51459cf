import type { Severity } from "../dsl/problem";

/** The settings `plimsoll.*` that the server follows. */
export interface Settings {
  /** Number of simulation threads. */
  readonly threads?: number;
  /** How loud a rule's findings are, by rule id. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Whether derived values are shown behind the values they follow from. */
  readonly inlayHints: boolean;
}

export type RuleSetting = Severity | "off";

const ruleSettings: readonly unknown[] = [
  "error",
  "warning",
  "information",
  "hint",
  "off",
] satisfies RuleSetting[];

/** Ignores what is no valid setting: a client of any make may send anything. */
export function readSettings(sent: unknown): Settings {
  const { threads, rules, inlayHints } = recordOf(sent);
  const valid = Object.entries(recordOf(rules)).filter(([, setting]) => ruleSettings.includes(setting));
  return {
    ...(Number.isInteger(threads) && Number(threads) >= 1 && { threads: Number(threads) }),
    rules: Object.fromEntries(valid) as Settings["rules"],
    inlayHints: inlayHints !== false,
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

import * as l10n from "@vscode/l10n";

interface Unit {
  readonly seconds: number;
  readonly ago: (count: number) => string;
}

const UNITS: readonly Unit[] = [
  { seconds: 86_400, ago: (count) => (count === 1 ? l10n.t("1 day ago") : l10n.t("{0} days ago", count)) },
  { seconds: 3600, ago: (count) => l10n.t("{0} h ago", count) },
  { seconds: 60, ago: (count) => l10n.t("{0} min ago", count) },
];

/** `just now`, `3 min ago`, `2 h ago`, `5 days ago`: in whole units, so that it changes rarely. */
export function ageOf(seconds: number): string {
  const unit = UNITS.find((each) => seconds >= each.seconds);
  return unit ? unit.ago(Math.floor(seconds / unit.seconds)) : l10n.t("just now");
}

/** Seconds until an age reads otherwise. */
export function untilOlder(seconds: number): number {
  const unit = UNITS.find((each) => seconds >= each.seconds)?.seconds ?? 60;
  return (Math.floor(seconds / unit) + 1) * unit - seconds;
}

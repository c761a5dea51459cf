const UNITS = [
  { seconds: 86_400, one: "1 day ago", many: "days ago" },
  { seconds: 3600, one: "1 h ago", many: "h ago" },
  { seconds: 60, one: "1 min ago", many: "min ago" },
] as const;

/** `just now`, `3 min ago`, `2 h ago`, `5 days ago`: in whole units, so that it changes rarely. */
export function ageOf(seconds: number): string {
  const unit = UNITS.find((each) => seconds >= each.seconds);
  if (!unit) return "just now";
  const count = Math.floor(seconds / unit.seconds);
  return count === 1 ? unit.one : `${count} ${unit.many}`;
}

/** Seconds until an age reads otherwise. */
export function untilOlder(seconds: number): number {
  const unit = UNITS.find((each) => seconds >= each.seconds)?.seconds ?? 60;
  return (Math.floor(seconds / unit) + 1) * unit - seconds;
}

import * as l10n from "@vscode/l10n";

const scales = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
  [1, ""],
] as const;

type Scale = (typeof scales)[number];

/** An interval around a value, as in statistics. */
export interface Interval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** `$1.23M` for US dollars, else `1.23M DAI`: three significant digits. */
export function amount(value: number, numeraire: string): string {
  if (!Number.isFinite(value)) return l10n.t("not a number");
  const short = Number(value.toPrecision(3));
  const [scale, suffix] = scaleOf(short);
  return withUnit(value, `${Number((Math.abs(short) / scale).toPrecision(3))}${suffix}`, numeraire);
}

/** `$1,234,567`: whole units where there are thousands, for tables. */
export function exactAmount(value: number, numeraire: string): string {
  if (!Number.isFinite(value)) return l10n.t("not a number");
  const large = Math.abs(value) >= 1000;
  const digits = large ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  return withUnit(value, Math.abs(value).toLocaleString("en-US", digits), numeraire);
}

/** `$3.42M (95% interval $3.10M to $3.74M)`, with the digits that the interval supports. */
export function estimate({ value, lower, upper }: Interval, numeraire: string): string {
  const width = upper - lower;
  if (!Number.isFinite(value) || !Number.isFinite(width) || width <= 0) return amount(value, numeraire);
  const [scale, suffix] = scaleOf(Math.max(Math.abs(lower), Math.abs(upper)));
  const digits = Math.min(Math.max(1 - Math.floor(Math.log10(width / scale)), 0), 4);
  const write = (each: number) =>
    withUnit(each, `${(Math.abs(each) / scale).toFixed(digits)}${suffix}`, numeraire);
  return l10n.t("{0} (95% interval {1} to {2})", write(value), write(lower), write(upper));
}

/** One digit after the point at most; never 0% or 100% for what is not. */
export function percent(fraction: number): string {
  if (!Number.isFinite(fraction)) return l10n.t("not a number");
  if (fraction > 0 && fraction < 0.001) return "<0.1%";
  if (fraction > 0.999 && fraction < 1) return ">99.9%";
  return `${signed(fraction)}${Number(Math.abs(fraction * 100).toFixed(1))}%`;
}

export function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** `6 h`, `90 min`, `12 days`. */
export function duration(hours: number): string {
  const unit = hours === 1 ? timeUnit(2) : timeUnit(hours);
  return unit.write(Number((hours / unit.hours).toPrecision(3)));
}

export interface TimeUnit {
  readonly hours: number;
  readonly name: string;
  /** A number of them, short. */
  readonly write: (count: number) => string;
}

/** The unit in which a time span of so many hours reads best. */
export function timeUnit(hours: number): TimeUnit {
  if (hours < 2)
    return { hours: 1 / 60, name: l10n.t("minutes"), write: (count) => l10n.t("{0} min", count) };
  if (hours < 240) return { hours: 1, name: l10n.t("hours"), write: (count) => l10n.t("{0} h", count) };
  return { hours: 24, name: l10n.t("days"), write: (count) => l10n.t("{0} days", count) };
}

/** Writes the ticks of one axis alike: 0, 0.5M, 1.0M. */
export function tickAmounts(ticks: readonly number[]): readonly string[] {
  return writtenAlike(ticks, scaleOf(Math.max(...ticks.map(Math.abs), 0)));
}

function writtenAlike(ticks: readonly number[], [scale, suffix]: Scale): readonly string[] {
  const digits = Math.max(...ticks.map((tick) => decimals(tick / scale)), 0);
  return ticks.map((tick) =>
    tick === 0 ? "0" : `${signed(tick)}${(Math.abs(tick) / scale).toFixed(digits)}${suffix}`,
  );
}

/** Writes each tick of a logarithmic axis in its own scale: 10K, 1M. */
export function tickMagnitudes(ticks: readonly number[]): readonly string[] {
  return ticks.map((tick) => {
    const [scale, suffix] = scaleOf(tick);
    return `${Number((tick / scale).toPrecision(3))}${suffix}`;
  });
}

/** Writes the ticks of one axis alike: 0%, 12.5%. */
export function tickPercents(ticks: readonly number[]): readonly string[] {
  const hundredths = ticks.map((tick) => tick * 100);
  return writtenAlike(hundredths, scales[4]).map((tick) => `${tick}%`);
}

function decimals(value: number): number {
  const written = String(Number(value.toPrecision(6)));
  return written.includes("e-") ? 6 : (written.split(".")[1]?.length ?? 0);
}

function scaleOf(value: number): Scale {
  return scales.find(([scale]) => Math.abs(value) >= scale) ?? scales[4];
}

function withUnit(value: number, magnitude: string, numeraire: string): string {
  return numeraire === "USD" ? `${signed(value)}$${magnitude}` : `${signed(value)}${magnitude} ${numeraire}`;
}

function signed(value: number): string {
  return value < 0 ? "−" : "";
}

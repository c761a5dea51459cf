import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding, Path } from "../../dsl/problem";
import {
  type Contradiction,
  type Listed as Correlated,
  choleskyFactor,
  contradiction,
  correlationMatrix,
} from "../correlations";
import { nearestCorrelations } from "../nearest-correlations";
import { kindOf } from "../prices";
import { list, percent } from "../text";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const correlationRules: readonly StaticRule[] = [pairRules, semidefinite];

type Pair = readonly [string, string, number];

interface Listed {
  readonly index: number;
  readonly pair: Pair;
}

function pairsOf(draft: Draft): Listed[] {
  const pairs = (draft.correlations?.pairs ?? []) as readonly (
    | readonly (string | number | undefined)[]
    | undefined
  )[];
  return pairs.flatMap((pair, index) => (isPair(pair) ? [{ index, pair }] : []));
}

function isPair(pair: readonly unknown[] | undefined): pair is Pair {
  return typeof pair?.[0] === "string" && typeof pair[1] === "string" && typeof pair[2] === "number";
}

function pathOf(listed: Listed, item: number): Path {
  return ["correlations", "pairs", listed.index, item];
}

function pairRules(draft: Draft): Finding[] {
  const pairs = pairsOf(draft);
  return pairs.flatMap((listed) => [
    ...notFree(draft, listed),
    ...sameAsset(listed),
    ...twice(pairs, listed),
  ]);
}

function notFree({ assets }: Draft, listed: Listed): Finding[] {
  return [0, 1].flatMap((item): Finding[] => {
    const name = listed.pair[item as 0 | 1];
    const asset = assets?.[name];
    const kind = kindOf(asset);
    if (!asset || kind === "free") return [];
    const message =
      kind === "stable"
        ? l10n.t(
            "{0} is stable: its factor is its own peg, which is correlated with nothing. Correlations hold between free assets.",
            name,
          )
        : l10n.t(
            "{0} is pegged: its factor is its own peg, which is correlated with nothing. Correlations hold between free assets.",
            name,
          );
    return [{ rule: "correlation-of-peg", severity: "error", path: pathOf(listed, item), message }];
  });
}

function sameAsset(listed: Listed): Finding[] {
  const [a, b] = listed.pair;
  if (a !== b) return [];
  const message = l10n.t(
    "{0} is listed with itself, and that correlation is always 100%. Name another asset.",
    a,
  );
  return [{ rule: "correlation-with-itself", severity: "error", path: pathOf(listed, 1), message }];
}

function twice(pairs: readonly Listed[], listed: Listed): Finding[] {
  const key = keyOf(listed.pair);
  const first = pairs.find((other) => keyOf(other.pair) === key);
  if (!first || first.index === listed.index) return [];
  const [a, b] = listed.pair;
  return [
    {
      rule: "correlation-listed-twice",
      severity: "error",
      path: ["correlations", "pairs", listed.index],
      message: l10n.t("The correlation of {0} and {1} is listed twice. Remove one of them.", a, b),
      related: [{ path: ["correlations", "pairs", first.index], message: l10n.t("Listed here first.") }],
    },
  ];
}

function keyOf([a, b]: Pair): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function semidefinite(draft: Draft): Finding[] {
  if (!draft.correlations) return [];
  const free = entries(draft.assets).flatMap(([name, asset]) => (kindOf(asset) === "free" ? [name] : []));
  const pairs = pairsOf(draft);
  const written = { default: draft.correlations.default, pairs: pairs.map((listed) => listed.pair) };
  const matrix = correlationMatrix(free, written);
  if (choleskyFactor(matrix)) return [];
  const found = contradiction(matrix);
  const told = found ? ofThree(draft, pairs, found) : ofAll(free);
  const areFree = pairs.every(({ pair: [a, b] }) => free.includes(a) && free.includes(b));
  const fix = areFree ? nearestFix(pairs, written, nearestCorrelations(free, written)) : undefined;
  return [{ rule: "correlations-contradict", severity: "error", ...told, fix }];
}

type Told = Pick<Finding, "path" | "at" | "message">;

function ofAll(free: readonly string[]): Told {
  const message = l10n.t(
    "The correlations of {0} contradict each other (the matrix is not positive semidefinite). Bring the pairs nearer to each other.",
    list(free),
  );
  return { path: ["correlations"], at: "key", message };
}

function ofThree(draft: Draft, pairs: readonly Listed[], found: Contradiction): Told {
  const listed = pairs.find(({ pair }) => keyOf(pair) === keyOf([found.a, found.b, 0]));
  const message = l10n.t(
    "The correlations of {0}-{1} and {2}-{1} force that of {0}-{2} to lie between {3} and {4}, and it is {5} (the matrix is not positive semidefinite). Change one of the three.",
    found.a,
    found.through,
    found.b,
    percent(found.low),
    percent(found.high),
    percent(found.found),
  );
  if (listed) return { path: pathOf(listed, 2), message };
  return { path: ["correlations", draft.correlations?.default === undefined ? "pairs" : "default"], message };
}

/** Writes the nearest possible correlations over those that differ from them. */
function nearestFix(pairs: readonly Listed[], written: Correlated, nearest?: Correlated): Finding["fix"] {
  if (!nearest) return undefined;
  const values = pairs.flatMap((listed, i) => {
    const correlation = nearest.pairs?.[i][2] ?? listed.pair[2];
    if (correlation === listed.pair[2]) return [];
    return [{ path: pathOf(listed, 2), value: percent(correlation) }];
  });
  if (nearest.default !== undefined && nearest.default !== written.default)
    values.push({ path: ["correlations", "default"], value: percent(nearest.default) });
  return { title: l10n.t("Write the nearest correlations that are possible"), values };
}

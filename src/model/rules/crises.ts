import * as l10n from "@vscode/l10n";
import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";
import { sentences } from "../../dsl/sentences";
import { listed, nearest } from "../../dsl/suggest";
import { assetsOf, CRISES, type Crisis, namesOf, playersOf } from "../crises/library";
import { entries } from "./entries";
import type { StaticRule } from "./static-rule";

export const crisisRules: readonly StaticRule[] = [crisisAssets];

/** An event moves only assets that the file has, and only those that it knows can be played by another. */
function crisisAssets({ assets = {}, scenarios }: Draft): Finding[] {
  const declared = Object.keys(assets);
  return entries(scenarios).flatMap(([name, { crisis, assets: chosen = {} }]): Finding[] => {
    const event = crisis !== undefined && Object.hasOwn(CRISES, crisis) ? CRISES[crisis] : undefined;
    if (!event) return [];
    const path = ["scenarios", name];
    const unknown = Object.keys(chosen).filter((asset) => !isIn(event, asset));
    if (unknown.length > 0)
      return unknown.map((asset) => notIn(event, crisis!, asset, [...path, "assets", asset]));
    const known = chosen as Readonly<Record<string, string>>;
    if (assetsOf(event).some((asset) => playersOf(asset, declared, known).length > 0)) return [];
    const [first] = assetsOf(event);
    const message = sentences(
      l10n.t("Nothing in this file moves in {0}: it has paths of {1}.", crisis!, listed(assetsOf(event))),
      l10n.t(
        "Say which of the file's assets plays one of them, for example `assets: { {0}: {1} }`.",
        first,
        declared[0] ?? "WETH",
      ),
    );
    return [{ rule: "crisis-assets", severity: "error", path: [...path, "crisis"], message }];
  });
}

function isIn(event: Crisis, asset: string): boolean {
  return assetsOf(event).some((each) => namesOf(each).includes(asset));
}

function notIn(event: Crisis, crisis: string, asset: string, path: readonly string[]): Finding {
  const guess = nearest(asset, assetsOf(event).flatMap(namesOf));
  const message = sentences(
    l10n.t("{0} has no path of {1}.", crisis, asset),
    guess
      ? l10n.t("Did you mean `{0}`?", guess)
      : l10n.t("It has {0}: write one of them, and the file's asset that plays it.", listed(assetsOf(event))),
  );
  return { rule: "crisis-assets", severity: "error", path, at: "key", message };
}

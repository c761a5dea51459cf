import * as l10n from "@vscode/l10n";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Draft, Source } from "../dsl/source";
import { nodeAt } from "../dsl/tree";
import { measureName, scopeName } from "../insight/wording";
import type { LimitItem, Outline, ScenarioItem } from "../protocol/outline";
import { rangeOf } from "./ranges";

type LimitDraft = NonNullable<NonNullable<Draft["limits"]>[number]>;

/** The scenarios and limits of a risk file, also of one with errors. */
export function outline(source: Source, document: TextDocument): Outline {
  return { scenarios: scenarios(source, document), limits: limits(source, document) };
}

function scenarios({ root }: Source, document: TextDocument): ScenarioItem[] {
  const section = nodeAt(root, ["scenarios"]);
  if (section?.kind !== "map") return [];
  return [...section.entries.values()].map(({ key, keySpan }) => ({
    name: key,
    range: rangeOf(keySpan, document),
  }));
}

function limits(source: Source, document: TextDocument): LimitItem[] {
  const section = nodeAt(source.root, ["limits"]);
  if (section?.kind !== "list") return [];
  return section.items.map((_, index) => {
    const limit: LimitDraft = source.draft?.limits?.[index] ?? {};
    return {
      index,
      title: titleOf(limit) ?? l10n.t("limit {0}", index + 1),
      bound: boundOf(source, index),
      scenario: limit.in,
      range: rangeOf(source.spanOf({ path: ["limits", index] }), document),
    };
  });
}

function titleOf({ metric, ...limit }: LimitDraft): string | undefined {
  return metric && measureName(metric, limit) + scopeName(limit);
}

function boundOf(source: Source, index: number): string {
  const written = (key: string) => source.written(["limits", index, key]);
  const [most, least] = [written("max"), written("min")];
  if (most !== undefined) return l10n.t("at most {0}", most);
  return least === undefined ? "" : l10n.t("at least {0}", least);
}

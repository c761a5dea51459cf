import * as l10n from "@vscode/l10n";
import { make, whenChanged } from "./dom";

export interface AssetChooser {
  readonly element: HTMLElement;
  show(assets: readonly string[], chosen: string): void;
}

/** A native list of the assets whose fall can be drawn. */
export function createAssetChooser(onChoose: (asset: string) => void): AssetChooser {
  const select = make("select", { name: "asset" });
  const element = make("label", { class: "chooser" }, `${l10n.t("Asset")} `, select);
  select.addEventListener("change", () => onChoose(select.value));
  const fill = whenChanged((assets: readonly string[]) =>
    select.replaceChildren(...assets.map((asset) => make("option", { value: asset }, asset))),
  );
  const show = (assets: readonly string[], chosen: string) => {
    element.hidden = assets.length === 0;
    fill(assets);
    if (select.value !== chosen) select.value = chosen;
  };
  return { element, show };
}

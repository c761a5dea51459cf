import type { Picture, PROTOCOL_VERSION } from "./messages";

/** Extension to panel. */
export type PanelIn = { readonly type: "picture"; readonly picture: Picture };

/** Panel to extension. Nothing is sent to the panel before it has said that it is ready. */
export type PanelOut =
  | { readonly type: "ready"; readonly protocol: typeof PROTOCOL_VERSION }
  | { readonly type: "asset"; readonly asset: string }
  | { readonly type: "simulate" };

/** What the panel keeps with `setState`, and a serializer gets back after a restart: never results. */
export interface PanelState {
  readonly uri?: string;
  readonly asset?: string;
}

import { codeActions } from "./code-actions";
import { documentSymbols } from "./document-symbols";
import type { Feature } from "./feature";
import { foldingRanges } from "./folding-ranges";
import { formatting } from "./formatting";
import { hover } from "./hover";
import { selectionRanges } from "./selection-ranges";

export const features: readonly Feature[] = [
  hover,
  codeActions,
  documentSymbols,
  foldingRanges,
  formatting,
  selectionRanges,
];

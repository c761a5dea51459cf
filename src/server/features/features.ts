import { codeActions } from "./code-actions";
import { codeLenses } from "./code-lenses";
import { completion } from "./completion";
import { definition } from "./definition";
import { documentHighlights } from "./document-highlights";
import { documentLinks } from "./document-links";
import { documentSymbols } from "./document-symbols";
import type { Feature } from "./feature";
import { foldingRanges } from "./folding-ranges";
import { formatting } from "./formatting";
import { hover } from "./hover";
import { inlayHints } from "./inlay-hints";
import { onTypeFormatting } from "./on-type-formatting";
import { outline } from "./outline";
import { references } from "./references";
import { rename } from "./rename";
import { selectionRanges } from "./selection-ranges";
import { semanticTokens } from "./semantic-tokens";
import { workspaceSymbols } from "./workspace-symbols";

export const features: readonly Feature[] = [
  hover,
  inlayHints,
  codeActions,
  completion,
  definition,
  documentHighlights,
  codeLenses,
  documentLinks,
  documentSymbols,
  foldingRanges,
  formatting,
  onTypeFormatting,
  outline,
  references,
  rename,
  selectionRanges,
  semanticTokens,
  workspaceSymbols,
];

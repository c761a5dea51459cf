import { codeActions } from "./code-actions";
import { documentSymbols } from "./document-symbols";
import type { Feature } from "./feature";
import { hover } from "./hover";

export const features: readonly Feature[] = [hover, codeActions, documentSymbols];

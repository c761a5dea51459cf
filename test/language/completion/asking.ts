import { expect } from "vitest";
import {
  type CompletionItem,
  CompletionItemKind,
  type InsertReplaceEdit,
  InsertTextFormat,
} from "vscode-languageserver";
import { completion } from "../../../src/language/completion/completion";
import { openText } from "../fixtures";

const abilities = { snippets: true, insertReplace: true };

export function itemsAt(marked: string): CompletionItem[] {
  const { document, offset } = openText(marked);
  const { items } = completion(document, offset, abilities);
  return [...items].sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
}

const isBlock = ({ kind }: CompletionItem) => kind === CompletionItemKind.Snippet;

/** Labels in the order they are shown, without those of whole blocks. */
export function labelsAt(marked: string): string[] {
  return itemsAt(marked)
    .filter((item) => !isBlock(item))
    .map(({ label }) => label);
}

export function blocksAt(marked: string): string[] {
  return itemsAt(marked)
    .filter(isBlock)
    .map(({ label }) => label);
}

/** What a person has who accepts an item and types over none of its examples. */
export function filledIn({ insertTextFormat, textEdit }: CompletionItem): string {
  const { newText } = textEdit!;
  if (insertTextFormat !== InsertTextFormat.Snippet) return newText;
  return newText
    .replace(/\$0|\$\{\d+:((?:[^\\}]|\\.)*)\}|\$\{\d+\|((?:[^\\,|]|\\.)*)(?:[^\\|]|\\.)*\|\}/g, "$1$2")
    .replace(/\\([\\$}|,])/g, "$1");
}

/** The text after accepting, with `$0` where the cursor comes to stand. */
export function accepted(marked: string, label: string): string {
  const { document } = openText(marked);
  const item = itemsAt(marked).find((each) => each.label === label);
  expect(item, `${label} is offered`).toBeDefined();
  const { newText, replace } = item!.textEdit as InsertReplaceEdit;
  const text = document.getText();
  const written = newText.replace(/\\([\\$}])/g, "$1");
  return (
    text.slice(0, document.offsetAt(replace.start)) + written + text.slice(document.offsetAt(replace.end))
  );
}

/** A file with everything that can be referred to; what is tested comes below it. */
export const file = `plimsoll: 1
assets:
  WETH: { price: 3200, volatility: 72% }
  USDC: { price: 1, stable: {} }
  "1e5": { price: 1 }
oracles:
  eth-usd: { of: WETH }
  usdc-usd: { of: USDC }
markets:
  core:
    kind: lending
    rules: aave-v3.3
    reserves:
      WETH: { oracle: eth-usd, liquidationThreshold: 83%, liquidationBonus: 5% }
      USDC: { oracle: usdc-usd }
    emodes:
      eth: { collateral: [WETH], borrowable: [WETH], liquidationThreshold: 95%, liquidationBonus: 1% }
  dai: { kind: lending, rules: compound-v2, closeFactor: 50%, liquidationIncentive: 8%, reserves: { USDC: { oracle: usdc-usd } } }
scenarios:
  crash: { shock: { WETH: -40% } }
  tail: { monte-carlo: { paths: 2k, horizon: 1d, step: 10min, seed: 7 } }
`;

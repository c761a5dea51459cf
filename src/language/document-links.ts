import * as l10n from "@vscode/l10n";
import type { DocumentLink } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import explorers from "../../schemas/explorers.json";
import type { Source } from "../dsl/parse";
import type { ScalarNode } from "../dsl/tree";
import { child, textOf } from "../dsl/tree";
import { walk } from "../dsl/walk";
import { fileUri, isPath } from "./file-uri";
import { rangeOf } from "./ranges";

/** Beyond this, links are of no use, and editors become slow. */
const MOST_LINKS = 2_000;

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** Data files, and addresses in the explorer of the file's chain. What an alias brings in is linked at its anchor. */
export function documentLinks({ root, text }: Source, document: TextDocument): DocumentLink[] {
  const links: DocumentLink[] = [];
  if (!root) return links;
  const explorer = explorerOf(textOf(child(child(root, "snapshot"), "chain")));
  walk(root, (node, { format }) => {
    if (!format || node.kind !== "scalar" || node.origin || links.length >= MOST_LINKS) return;
    const link = isPath(format) ? fileLink(node.text, document) : addressLink(node.text, explorer);
    if (link) links.push({ ...link, range: rangeOf(insideQuotes(node, text), document) });
  });
  return links;
}

type Target = Pick<DocumentLink, "target" | "tooltip">;

function fileLink(path: string, { uri }: TextDocument): Target | undefined {
  const target = path.trim() === "" ? undefined : fileUri(path, uri);
  return target ? { target, tooltip: l10n.t("Open {0}", path) } : undefined;
}

function addressLink(address: string, explorer: string | undefined): Target | undefined {
  if (!explorer || !ADDRESS.test(address)) return undefined;
  return { target: `${explorer}/address/${address}`, tooltip: l10n.t("Open in {0}", new URL(explorer).host) };
}

function explorerOf(chain: string | undefined): string | undefined {
  const chains: Readonly<Record<string, string>> = explorers.chains;
  return chain !== undefined && Object.hasOwn(chains, chain) ? chains[chain] : undefined;
}

function insideQuotes({ span, quoted }: ScalarNode, text: string) {
  const isQuoted = quoted && /["']/.test(text[span.start]);
  return isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
}

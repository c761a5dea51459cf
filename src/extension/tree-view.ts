import * as vscode from "vscode";
import type { LimitItem, Outline, ScenarioItem, TextRange } from "../protocol/outline";
import type { Pictures } from "./pictures";
import type { RiskFiles } from "./risk-files";
import { rangeOf } from "./test-items";
import { fileText, limitText, scenarioText, type TreeText } from "./tree-text";

/** A row of the tree; commands on it speak of its file. */
type Node = FileNode | ScenarioNode | LimitNode;

interface FileNode {
  readonly kind: "file";
  readonly uri: vscode.Uri;
}

interface ScenarioNode {
  readonly kind: "scenario";
  readonly uri: vscode.Uri;
  readonly scenario: ScenarioItem;
  readonly limits: readonly LimitItem[];
}

interface LimitNode {
  readonly kind: "limit";
  readonly uri: vscode.Uri;
  readonly limit: LimitItem;
}

const VIEW = "plimsoll.files";

/** The view of all risk files, their scenarios and limits, with the verdicts of the last runs. */
export function createTreeView(files: RiskFiles, pictures: Pictures): vscode.Disposable {
  const changed = new vscode.EventEmitter<Node | undefined>();
  const nodes = new Map<string, FileNode>();
  const tell = (uri?: vscode.Uri) => changed.fire(uri && nodes.get(uri.toString()));
  const roots = async () => {
    const found = await files.find();
    nodes.clear();
    for (const uri of found) nodes.set(uri.toString(), { kind: "file", uri });
    return [...nodes.values()];
  };
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => itemOf(node, pictures),
    getChildren: async (node) => (node ? childrenOf(node, files) : roots()),
  };
  return vscode.Disposable.from(
    changed,
    vscode.window.createTreeView(VIEW, { treeDataProvider: provider, showCollapseAll: true }),
    files.onDidChange(tell),
    pictures.onDidChange(({ uri }) => nodes.has(uri) && changed.fire(nodes.get(uri))),
  );
}

async function childrenOf(node: Node, files: RiskFiles): Promise<Node[]> {
  const { uri } = node;
  if (node.kind === "limit") return [];
  if (node.kind === "scenario") return node.limits.map((limit) => ({ kind: "limit", uri, limit }));
  return partsOf(uri, await files.outline(uri));
}

/** Limits without a scenario of the file stand after the scenarios. */
function partsOf(uri: vscode.Uri, { scenarios, limits }: Outline): Node[] {
  const nodes = scenarios.map((scenario): ScenarioNode => {
    const own = limits.filter((limit) => limit.scenario === scenario.name);
    return { kind: "scenario", uri, scenario, limits: own };
  });
  const placed = new Set(nodes.flatMap((node) => node.limits));
  const astray = limits.filter((limit) => !placed.has(limit));
  return [...nodes, ...astray.map((limit): LimitNode => ({ kind: "limit", uri, limit }))];
}

function itemOf(node: Node, pictures: Pictures): vscode.TreeItem {
  const picture = pictures.of(node.uri);
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const at = (range?: TextRange) => open(node.uri, range);
  switch (node.kind) {
    case "file": {
      const item = titled(vscode.workspace.asRelativePath(node.uri), Collapsed, fileText(picture));
      return Object.assign(item, { id: node.uri.toString(), contextValue: "file", command: at() });
    }
    case "scenario": {
      const { name, range } = node.scenario;
      const item = titled(name, node.limits.length > 0 ? Expanded : None, scenarioText(node.limits, picture));
      return Object.assign(item, { contextValue: "scenario", command: at(range) });
    }
    case "limit": {
      const { title, range } = node.limit;
      return Object.assign(titled(title, None, limitText(node.limit, picture)), {
        contextValue: "limit",
        command: at(range),
      });
    }
  }
}

function titled(label: string, state: vscode.TreeItemCollapsibleState, text: TreeText): vscode.TreeItem {
  const { icon, colour, description, tooltip } = text;
  const item = new vscode.TreeItem(label, state);
  item.iconPath = new vscode.ThemeIcon(icon, colour ? new vscode.ThemeColor(colour) : undefined);
  const spoken = text.spoken ?? [label, description].filter(Boolean).join(", ");
  return Object.assign(item, { description, tooltip, accessibilityInformation: { label: spoken } });
}

function open(uri: vscode.Uri, range?: TextRange): vscode.Command {
  const options = range ? { selection: rangeOf(range) } : {};
  return { command: "vscode.open", title: vscode.l10n.t("Open"), arguments: [uri, options] };
}

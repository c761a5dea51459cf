import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { LimitItem, Outline, TextRange } from "../protocol/outline";
import type { RiskFiles } from "./risk-files";

/** What stands for a risk file in the Test Explorer: its scenarios, and under each the limits it is judged by. */
export interface FileTests {
  readonly outline: Outline;
  readonly byId: ReadonlyMap<string, Test>;
}

export interface Test {
  readonly item: vscode.TestItem;
  /** Absent: it is a scenario. */
  readonly limit?: LimitItem;
}

/** The items of all risk files that were asked for. */
export interface TestItems {
  /** Lists all risk files of the workspace. */
  discover(): Promise<void>;
  /** Brings what is under a file's item up to date. */
  resolve(file: vscode.TestItem): Promise<FileTests>;
  /** The item of a file, listed from now on. */
  of(uri: vscode.Uri): vscode.TestItem;
}

export function createTestItems(controller: vscode.TestController, files: RiskFiles): TestItems {
  const known = new WeakMap<vscode.TestItem, FileTests>();
  const of = (uri: vscode.Uri) => {
    const listed = controller.items.get(uri.toString()) ?? fileItem(controller, uri);
    controller.items.add(listed);
    return listed;
  };
  return {
    of,
    async discover() {
      controller.items.replace((await files.find()).map(of));
    },
    async resolve(file) {
      const outline = await files.outline(file.uri!);
      const last = known.get(file);
      if (last && isDeepStrictEqual(last.outline, outline)) return last;
      const tests = fill(controller, file, outline);
      known.set(file, tests);
      return tests;
    },
  };
}

function fileItem(controller: vscode.TestController, uri: vscode.Uri): vscode.TestItem {
  const item = controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
  item.canResolveChildren = true;
  return item;
}

/** Replaces what is under a file. Equal names have equal ids, so that results stay with them over edits. */
function fill(controller: vscode.TestController, file: vscode.TestItem, outline: Outline): FileTests {
  const byId = new Map<string, Test>();
  const add = (id: string, label: string, range: TextRange, limit?: LimitItem) => {
    const unique = byId.has(id) ? `${id} ${limit?.index}` : id;
    const item = controller.createTestItem(unique, label, file.uri);
    item.range = rangeOf(range);
    byId.set(unique, { item, limit });
    return item;
  };
  const limitsOf = (limits: readonly LimitItem[]) =>
    limits.map((limit) => {
      const item = add(`limit ${limit.title} in ${limit.scenario}`, limit.title, limit.range, limit);
      item.description = limit.bound;
      return item;
    });
  const scenarios = outline.scenarios.map(({ name, range }) => {
    const item = add(`scenario ${name}`, name, range);
    item.children.replace(limitsOf(outline.limits.filter(({ scenario }) => scenario === name)));
    return item;
  });
  const names = new Set(outline.scenarios.map(({ name }) => name));
  const astray = outline.limits.filter(({ scenario }) => scenario === undefined || !names.has(scenario));
  file.children.replace([...scenarios, ...limitsOf(astray)]);
  return { outline, byId };
}

export function rangeOf({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

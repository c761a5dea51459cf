import * as vscode from "vscode";
import type { Picture } from "../protocol/messages";
import type { Client } from "./client";
import type { Pictures } from "./pictures";
import type { Test, TestItems } from "./test-items";
import { failureOf, outcomeOf } from "./test-outcome";
import { verdictLine } from "./verdicts";

export interface TestSurroundings {
  readonly controller: vscode.TestController;
  readonly items: TestItems;
  readonly client: Client;
  readonly pictures: Pictures;
}

/** Runs the files of the asked items one after the other, and reports the items that were asked for. */
export async function runTests(
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
  around: TestSurroundings,
): Promise<void> {
  if (!request.include) await around.items.discover();
  const run = around.controller.createTestRun(request);
  try {
    for (const [file, ids] of await askedOf(request, around)) {
      if (token.isCancellationRequested) break;
      await runFile(file, ids, run, token, around);
    }
  } finally {
    run.end();
  }
}

type Asked = Map<vscode.TestItem, string[]>;

/** Ids of the asked scenarios and limits, by file. */
async function askedOf(
  request: vscode.TestRunRequest,
  { controller, items }: TestSurroundings,
): Promise<Asked> {
  const excluded = new Set(request.exclude);
  const asked: Asked = new Map();
  const include = request.include ?? [...controller.items].map(([, file]) => file);
  for (const item of include) {
    const file = fileOf(item);
    if (excluded.has(file)) continue;
    await items.resolve(file);
    const ids = below(item, excluded).filter((id) => id !== file.id);
    asked.set(file, [...new Set([...(asked.get(file) ?? []), ...ids])]);
  }
  return asked;
}

function fileOf(item: vscode.TestItem): vscode.TestItem {
  return item.parent ? fileOf(item.parent) : item;
}

function below(item: vscode.TestItem, excluded: ReadonlySet<vscode.TestItem>): string[] {
  if (excluded.has(item)) return [];
  return [item.id, ...[...item.children].flatMap(([, child]) => below(child, excluded))];
}

async function runFile(
  file: vscode.TestItem,
  ids: readonly string[],
  run: vscode.TestRun,
  token: vscode.CancellationToken,
  around: TestSurroundings,
): Promise<void> {
  const asked = async () => {
    const { byId } = await around.items.resolve(file);
    return ids.flatMap((id) => byId.get(id) ?? []);
  };
  for (const { item } of await asked()) if (item.children.size === 0) run.started(item);
  const picture = await simulate(file.uri!, token, around);
  const tests = await asked();
  const failure = failureOf(picture);
  if (failure === undefined) report(tests, picture!, run);
  else for (const { item } of tests) run.skipped(item);
  if (failure === undefined || token.isCancellationRequested) return;
  const message = new vscode.TestMessage(failure);
  message.location = new vscode.Location(file.uri!, firstError(file.uri!));
  run.errored(file, message);
}

/** Runs a file to its end. */
async function simulate(
  uri: vscode.Uri,
  token: vscode.CancellationToken,
  { client, pictures }: TestSurroundings,
): Promise<Picture | undefined> {
  const cancelling = token.onCancellationRequested(() => client.cancel(uri));
  try {
    return (await client.simulate(uri)) ? await pictures.afterRun(uri) : pictures.of(uri);
  } finally {
    cancelling.dispose();
  }
}

/** An item that has others below it gets its state from them. */
function report(tests: readonly Test[], picture: Picture, run: vscode.TestRun): void {
  for (const { item, limit } of tests) {
    const row = limit && picture.limits.find(({ index }) => index === limit.index);
    if (row) reportLimit(item, row, run);
    else if (limit) run.skipped(item);
    else if (item.children.size === 0) run.passed(item);
  }
}

function reportLimit(item: vscode.TestItem, row: Picture["limits"][number], run: vscode.TestRun): void {
  const location = new vscode.Location(item.uri!, item.range!);
  run.appendOutput(`${verdictLine(row)}\r\n`, location, item);
  const outcome = outcomeOf(row);
  switch (outcome.state) {
    case "passed":
      run.passed(item);
      return;
    case "skipped":
      item.description = outcome.reason;
      run.skipped(item);
      return;
    case "failed": {
      const { message, expected, actual } = outcome;
      run.failed(item, Object.assign(vscode.TestMessage.diff(message, expected, actual), { location }));
    }
  }
}

function firstError(uri: vscode.Uri): vscode.Range {
  const errors = vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
  const [first] = errors.sort((a, b) => a.range.start.compareTo(b.range.start));
  return first?.range ?? new vscode.Range(0, 0, 0, 0);
}

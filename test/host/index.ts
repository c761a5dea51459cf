import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Mocha from "mocha";

const resultsFile = join(__dirname, "../../test-results/host.json");

/**
 * The entry that VS Code calls: runs every compiled `*.test.js` beside it, and rejects when one fails.
 * The results go to a file, because the editor's log mixes them with much of its own.
 */
export function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", reporter: "min", timeout: 60_000, color: false });
  for (const name of readdirSync(__dirname)) {
    if (name.endsWith(".test.js")) mocha.addFile(join(__dirname, name));
  }
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const runner = mocha.run((failures) => {
      write(runner.stats, lines);
      if (failures > 0 || lines.length === 0)
        reject(new Error(`${failures} tests failed of ${lines.length}`));
      else resolve();
    });
    runner.on("pass", (test) => lines.push(`✓ ${test.fullTitle()} (${test.duration} ms)`));
    runner.on("pending", (test) => lines.push(`- ${test.fullTitle()}`));
    runner.on("fail", (test, error) => lines.push(`✗ ${test.fullTitle()}\n${error.stack ?? error.message}`));
  });
}

function write(stats: Mocha.Stats | undefined, lines: string[]): void {
  const { passes: passed = 0, failures: failed = 0, pending: skipped = 0 } = stats ?? {};
  mkdirSync(dirname(resultsFile), { recursive: true });
  writeFileSync(resultsFile, JSON.stringify({ passed, failed, skipped, lines }));
}

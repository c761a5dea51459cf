import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Suites that need what `npm run package` built, or that take long, are projects of their own. */
export default defineConfig({
  test: {
    silent: "passed-only",
    projects: [
      {
        resolve: { alias: { vscode: fileURLToPath(new URL("test/extension/vscode.ts", import.meta.url)) } },
        test: {
          name: "unit",
          testTimeout: 30_000,
          include: ["test/**/*.test.ts"],
          exclude: ["test/{chain,contracts,host,long,lsp,package,ui}/**", "test/**/*.browser.test.ts"],
        },
      },
      {
        test: {
          name: "contracts",
          include: ["test/contracts/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "chain",
          include: ["test/chain/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: "package", include: ["test/package/**/*.test.ts"], testTimeout: 30_000 } },
      { test: { name: "lsp", include: ["test/lsp/**/*.test.ts"], testTimeout: 60_000 } },
      { test: { name: "panel", include: ["test/panel/**/*.browser.test.ts"], testTimeout: 60_000 } },
      {
        test: {
          name: "ui",
          include: ["test/ui/*.test.ts"],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "ui-long",
          include: ["test/ui/long/*.test.ts"],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "long",
          include: ["test/long/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});

import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundle } from "../run/bundle";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Cli {
  /** A folder for files of the test. */
  readonly folder: string;
  /** Runs `plimsoll` with its arguments in that folder. */
  run(...args: string[]): Promise<Ended>;
  /** The same with variables of the environment. */
  runWith(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended>;
  /** Writes a file into the folder. */
  write(name: string, text: string | Uint8Array): Promise<void>;
  remove(): Promise<void>;
  /** The bundled program. */
  readonly program: string;
}

/** The program as it is built, in a process of its own. */
export async function bundledCli({ withImport = false } = {}): Promise<Cli> {
  const { folder, remove } = await bundle({
    cli: "src/cli/main.ts",
    worker: "src/run/worker.ts",
    ...(withImport && { import: "src/import/main.ts" }),
  });
  const program = path.join(folder, "cli.js");
  const work = path.join(folder, "work");
  await mkdir(work);
  return {
    folder: work,
    program,
    remove,
    write: (name, text) => writeFile(path.join(work, name), text),
    run: (...args) => ended(spawn(process.execPath, [program, ...args], { cwd: work })),
    runWith: (env, ...args) =>
      ended(spawn(process.execPath, [program, ...args], { cwd: work, env: { ...process.env, ...env } })),
  };
}

function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The folder of this checkout, without a trailing separator. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** A failure that is explained by its message alone: scripts print it without a stack and exit 1. */
export class Failure extends Error {}

/**
 * Runs a command and resolves to `{ code, output }`; never rejects for a non-zero exit code.
 * With `quiet` the output is only collected, otherwise it is shown as it comes and `output` is empty.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { cwd = root, env = process.env, quiet = false, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => reject(new Failure(`Could not run "${command}": ${error.message}`)));
    child.on("close", (code, signal) => resolve({ code: code ?? (signal ? 1 : 0), output }));
  });
}

/** Like `run`, quiet, but a non-zero exit code is a `Failure` that carries the end of the output. */
export async function must(command, args, options = {}) {
  const { code, output } = await run(command, args, { quiet: true, ...options });
  if (code === 0) return output;
  throw new Failure(`"${command} ${args.join(" ")}" failed with exit code ${code}:\n${output.slice(-4000)}`);
}

/** The npm that runs this script, or the one on the path. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js") ? must(process.execPath, [cli, ...args], options) : must("npm", args, options);
}

/** The path of a development tool that `npm ci` installed. */
export function tool(name) {
  return `${root}/node_modules/.bin/${name}`;
}

/** True when the module at `url` (its `import.meta.url`) is the script that Node was started with. */
export function isMain(url) {
  return process.argv[1] === fileURLToPath(url);
}

/** Runs a script's main function: a `Failure` is printed plainly, anything else with its stack. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? process.exitCode ?? 0;
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}

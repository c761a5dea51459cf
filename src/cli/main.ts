import path from "node:path";
import { version } from "../../package.json";
import { Cancelled } from "../engine/simulate";
import { WorkerLost } from "../run/pool";
import { check } from "./check";
import { parseCommandLine } from "./command-line";
import { printable } from "./diagnostics-text";
import { ExitCode } from "./exit-code";
import { help } from "./help";
import { importFrom } from "./import";
import { simulate } from "./simulate";
import { styleOf, wantsColour } from "./style";
import type { Terminal } from "./terminal";
import { Unusable } from "./unusable";

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const command = parseCommandLine(args);
  switch (command.name) {
    case "help":
      terminal.out(help);
      return ExitCode.pass;
    case "version":
      terminal.out(`${version}\n`);
      return ExitCode.pass;
    case "check":
      return check(command.file, terminal);
    case "simulate":
      return simulate({ ...command, version, worker: path.join(__dirname, "worker.js") }, terminal);
    case "import":
      return importFrom(command, path.join(__dirname, "import.js"), terminal);
  }
}

/** A reader such as `head` may leave early: the verdict stands all the same. A full disk is said. */
function surviveReader(): void {
  process.stderr.on("error", () => {});
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.stderr.write(`plimsoll: The results cannot be written: ${error.message}.\n`);
    process.exit(ExitCode.broken);
  });
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  process.once("SIGTERM", () => controller.abort());
  return controller.signal;
}

async function main(): Promise<void> {
  surviveReader();
  const terminal: Terminal = {
    out: (text) => void process.stdout.write(text),
    progress: process.stderr,
    style: styleOf(wantsColour(process.stdout, process.env)),
    interrupted: interruption(),
  };
  try {
    process.exitCode = await run(process.argv.slice(2), terminal);
  } catch (error) {
    const { code, message } = failureOf(error);
    process.stderr.write(`plimsoll: ${printable(message)}\n`);
    process.exitCode = code;
  }
}

function failureOf(error: unknown): { code: ExitCode; message: string } {
  if (error instanceof Unusable) return { code: ExitCode.unusable, message: error.message };
  if (error instanceof Cancelled) return { code: ExitCode.interrupted, message: "Interrupted." };
  if (error instanceof WorkerLost) return { code: ExitCode.broken, message: `${error.message}.` };
  const stack = error instanceof Error ? error.stack : String(error);
  return {
    code: ExitCode.broken,
    message: `This is a defect of Plimsoll; please report it with the file.\n${stack}`,
  };
}

void main();

import "./preflight.mjs";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { checkFirstLook } from "./check.mjs";
import { desktopCode, openDesktop } from "./desktop.mjs";
import { packageExtension } from "./package.mjs";
import { Failure, isMain, main, root } from "./shell.mjs";
import { startHost } from "./vscode-host.mjs";

const examples = path.join(root, "examples");
const settings = { "plimsoll.openOnStart": "aave-v3-core.risk.yaml" };

/** Opens the examples in a desktop VS Code, or else in the embedded one until it is interrupted. */
async function start() {
  const check = process.argv.includes("--check");
  console.log("Building and packaging the extension");
  const vsix = await packageExtension();
  const code = check ? undefined : desktopCode();
  if (code && (await openDesktop(code, vsix, examples, settings))) return;
  const host = await startHost({ vsix, settings, token: randomBytes(16).toString("hex") });
  try {
    if (check) await checkFirstLook(host.url(examples));
    else await serve(host);
  } finally {
    await host.stop();
  }
}

async function serve(host) {
  const address = host.url(examples);
  console.log(`\nVS Code with Plimsoll is running. Open this address in a browser:\n\n  ${address}\n`);
  console.log("It is bound to this machine; the token in the address is its key. Press Ctrl+C to stop it.");
  process.exitCode = 0; // Ctrl+C is the ordinary end.
  await host.exited;
  throw new Failure(`The embedded VS Code has ended. It wrote:\n${await host.log()}`);
}

if (isMain(import.meta.url)) await main(start);

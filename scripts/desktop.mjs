import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "./cache.mjs";
import { run } from "./shell.mjs";

const windows = process.platform === "win32";

/**
 * The command of a desktop VS Code, when there is one and a display to show it on.
 * @returns {string | undefined}
 */
export function desktopCode(env = process.env) {
  const display = windows || process.platform === "darwin" || env.DISPLAY || env.WAYLAND_DISPLAY;
  if (!display) return undefined;
  const name = windows ? "code.cmd" : "code";
  const folders = (env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/**
 * Opens a folder in the desktop VS Code with the packaged extension, in a profile of our own: the person's own
 * settings and extensions stay as they are.
 * @param {string} code
 * @param {string} vsix
 * @param {string} folder
 * @param {Record<string, unknown>} settings
 * @returns {Promise<boolean>} false when VS Code would not start, after saying so
 */
export async function openDesktop(code, vsix, folder, settings) {
  const profile = path.join(cacheFolder(), "desktop");
  await mkdir(path.join(profile, "user/User"), { recursive: true });
  const all = { "security.workspace.trust.enabled": false, "workbench.startupEditor": "none", ...settings };
  await writeFile(path.join(profile, "user/User/settings.json"), JSON.stringify(all, null, 2));
  const flags = [
    "--user-data-dir",
    path.join(profile, "user"),
    "--extensions-dir",
    path.join(profile, "extensions"),
  ];
  const opened =
    (await call(code, [...flags, "--install-extension", vsix, "--force"])) &&
    (await call(code, [...flags, "--new-window", folder]));
  console.log(
    opened ? `Opened ${folder} in VS Code (${code}).` : `${code} did not start; using the embedded VS Code.`,
  );
  return opened;
}

/** On Windows `code` is a command file, which only a shell runs. */
async function call(code, args) {
  const quoted = windows ? args.map((arg) => `"${arg}"`) : args;
  const { code: exit, output } = await run(windows ? `"${code}"` : code, quoted, {
    quiet: true,
    shell: windows,
  });
  if (exit !== 0) console.error(output.trim());
  return exit === 0;
}

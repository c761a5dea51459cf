import { mkdir, open, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const beat = 2_000;
const stale = 15_000;

/**
 * Runs `body` while holding `folder/lock`; a second run waits for the first. The holder touches the file, so a
 * lock left behind by a killed run is recognised by its age, also across containers where process ids say nothing.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function withLock(folder, body) {
  const file = path.join(folder, "lock");
  await mkdir(folder, { recursive: true });
  await acquire(file);
  const heart = setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), beat);
  try {
    return await body();
  } finally {
    clearInterval(heart);
    await rm(file, { force: true });
  }
}

async function acquire(file) {
  for (let waited = false; ; waited = true) {
    const handle = await open(file, "wx").catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
    if (handle) return handle.close();
    if (!waited) console.log(`Another run is filling the cache (${file}); waiting for it.`);
    const age = await stat(file).then(
      (info) => Date.now() - info.mtimeMs,
      () => 0,
    );
    if (age > stale) await rm(file, { force: true });
    else await sleep(250);
  }
}

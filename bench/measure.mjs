import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Milliseconds that `body` takes. */
export async function time(body) {
  const begun = performance.now();
  await body();
  return performance.now() - begun;
}

/** Memory of a process that is in RAM, in MiB. */
export function residentMiB(pid) {
  if (process.platform === "linux") {
    const [, kibibytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(kibibytes) / 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}

export const milliseconds = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const seconds = (value) => `${(value / 1000).toFixed(2)} s`;

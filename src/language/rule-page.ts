import { pageOf } from "./page";

/** Where a rule is explained: what it finds, a wrong and a right example, and why. */
export function rulePage(rule: string): string {
  return pageOf(`docs/rules/${rule}.md`);
}

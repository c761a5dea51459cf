import { repository } from "../../package.json";

const site = repository.url.replace(/\.git$/, "");

/** Where a rule is explained: what it finds, a wrong and a right example, and why. */
export function rulePage(rule: string): string {
  return `${site}/blob/main/docs/rules/${rule}.md`;
}

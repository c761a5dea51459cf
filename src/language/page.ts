import { repository } from "../../package.json";

const site = repository.url.replace(/\.git$/, "");

/** Where a page of the repository is read: `docs/metrics.md`, with or without a heading. */
export function pageOf(path: string): string {
  return `${site}/blob/main/${path}`;
}

/** A heading as part of an address. */
export function headingOf(title: string): string {
  const words = title.toLowerCase().replace(/[^a-z0-9 -]/g, "");
  return `#${words.replaceAll(" ", "-")}`;
}

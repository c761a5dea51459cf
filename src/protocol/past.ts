/** Schemes of documents that show what a file once was: of Git, of a pull request, of the editor's own history. */
const PAST: ReadonlySet<string> = new Set([
  "git",
  "gitlens",
  "pr",
  "review",
  "vscode-local-history",
  "merge-conflict.conflict-diff",
]);

/** Whether a document is the old side of a comparison: it is read and coloured, but nobody edits or runs it. */
export function isPast(uri: string): boolean {
  return PAST.has(uri.slice(0, uri.indexOf(":")));
}

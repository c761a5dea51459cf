import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Base } from "../dsl/base";
import { locate } from "../dsl/locate";
import { parse, type Source } from "../dsl/parse";
import type { Finding, Problem } from "../dsl/problem";
import { staticFindings } from "../model/static-rules";

/** What can be said about one version of a file without its data files and without a simulation. */
export interface Checked {
  readonly version: number;
  readonly source: Source;
  /** What the static rules found, at its place in this version. */
  readonly findings: readonly Problem[];
  /** Rule and path of what they found in the last version whose text had no errors. */
  readonly known: ReadonlySet<string>;
}

/**
 * Checks a document as it is now. Where the text has errors the rules see a part of the file, and might report as
 * missing what is only misspelt: then only what they had found before is told.
 * @param last what was known of an older version of the document
 * @param read the document as it is now, when it was read already
 * @param base the file that it extends, as far as that is known
 */
export function check(document: TextDocument, last?: Checked, read?: Source, base?: Base): Checked {
  const source = read ?? parse(document.getText(), last?.source, base);
  const found = source.draft ? staticFindings(source.draft) : [];
  const known = source.file ? new Set(found.map(identity)) : (last?.known ?? new Set());
  const findings = found.filter((finding) => known.has(identity(finding)));
  return {
    version: document.version,
    source,
    findings: findings.map((finding) => locate(source, finding)),
    known,
  };
}

function identity({ rule, path, at }: Finding): string {
  return JSON.stringify([rule, path, at]);
}

/** Number of errors, each of which makes the file one that cannot be run. */
export function errorCount({ source, findings }: Checked): number {
  return [...source.problems, ...findings].filter(({ severity }) => severity === "error").length;
}

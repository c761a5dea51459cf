import { normalize } from "node:path/posix";
import * as l10n from "@vscode/l10n";
import { FileProblem, type Workspace } from "../data/workspace";
import { type Base, pathBeside } from "../dsl/base";
import { parse, type Source } from "../dsl/parse";
import type { Problem } from "../dsl/problem";
import { sentences } from "../dsl/sentences";
import { staticProblems } from "./static-problems";

/** Reads a risk file, and the one that it extends. */
export async function parseOver(text: string, workspace: Workspace): Promise<Source> {
  const source = parse(text);
  if (source.extends === undefined) return source;
  return parse(text, source, await loadBase(source.extends, workspace));
}

/** A chain of proposals is short; one without end is a link of the file system to itself. */
const LONGEST_CHAIN = 20;

/**
 * The file that a file extends, over the one that it extends itself. Never rejects for a bad file: its fault says why.
 * @param last what was read before: where the text is the same, it is kept
 */
export function loadBase(path: string, workspace: Workspace, last?: Base): Promise<Base> {
  return load(path, path, [], workspace, last);
}

async function load(
  path: string,
  written: string,
  above: readonly string[],
  workspace: Workspace,
  last: Base | undefined,
): Promise<Base> {
  const name = normalize(written);
  const names = [name];
  if (above.includes(name) || above.length >= LONGEST_CHAIN)
    return { path, name, names, fault: circle([...above, name]) };
  try {
    const text = decoded(await workspace.read(name));
    const known = last?.name === name ? last.source : undefined;
    const alone = known?.text === text ? known : parse(text, known);
    if (alone.extends === undefined) return { path, name, names, ...judged(name, alone) };
    const below = pathBeside(name, alone.extends);
    const base = await load(alone.extends, below, [...above, name], workspace, known?.base);
    const all = [name, ...base.names];
    if (base.fault) return { path, name, names: all, fault: base.fault };
    const isSame = alone === known && known.base?.source === base.source;
    return { path, name, names: all, ...judged(name, isSame ? known : parse(text, alone, base)) };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return {
      path,
      name,
      names,
      fault: { rule: error.rule, message: l10n.t("{0} {1}", name, error.message) },
    };
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FileProblem("unusable-file", l10n.t("is not UTF-8 text. Save it as YAML in UTF-8."));
  }
}

/** Errors of a base are corrected there: one problem, however many they are. */
function judged(name: string, source: Source): Pick<Base, "source" | "fault"> {
  const errors = [...source.problems, ...staticProblems(source)].filter(
    ({ severity }) => severity === "error",
  );
  return errors.length === 0 ? { source } : { fault: broken(name, source, errors) };
}

function broken(name: string, source: Source, errors: readonly Problem[]): NonNullable<Base["fault"]> {
  const [{ message: first, span }] = errors;
  const found =
    errors.length === 1
      ? l10n.t("{0} has an error, and nothing can be built on it:", name)
      : l10n.t("{0} has {1} errors, and nothing can be built on it. The first:", name, errors.length);
  const base: Base = { path: name, name, names: [name], source };
  return {
    rule: "unusable-base",
    message: sentences(found, first),
    related: [{ message: first, span, base }],
  };
}

function circle(names: readonly string[]): NonNullable<Base["fault"]> {
  const message = sentences(
    l10n.t("Files extend each other in a circle: {0}.", names.join(" > ")),
    l10n.t("One of them must stand on its own."),
  );
  return { rule: "unusable-base", message };
}

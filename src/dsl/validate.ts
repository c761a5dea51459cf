import validateFile from "../generated/validate-risk-file";
import type { Path } from "./problem";

/** Something that the schema forbids, as the validator tells it. */
export interface SchemaError {
  /** From the root of what is looked at. */
  readonly path: Path;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A map of names or a list of which the validator saw children before, and found nothing that has to be found again. */
export interface Seen {
  readonly path: Path;
  readonly data: unknown[] | Data;
  /** Keys or indices of the other children. */
  readonly unseen: readonly (string | number)[];
}

type Data = Record<string | number, unknown>;

/** What the schema forbids in a file with its quantities in base units. Of what was seen only the rest is looked at. */
export function validate(data: unknown, seen: readonly Seen[]): SchemaError[] {
  const holders = seen.map(({ path }) => holderOf(data, path));
  for (const [i, part] of seen.entries()) holders[i][part.path.at(-1)!] = unseenOf(part);
  const valid = validateFile(data);
  for (const [i, part] of seen.entries()) holders[i][part.path.at(-1)!] = part.data;
  return valid ? [] : (validateFile.errors ?? []).map((error) => errorIn(error, seen));
}

function holderOf(data: unknown, path: Path): Data {
  return path.slice(0, -1).reduce((holder, key) => holder[key] as Data, data as Data);
}

function unseenOf({ data, unseen }: Seen): unknown {
  if (Array.isArray(data)) return unseen.map((index) => data[Number(index)]);
  return Object.assign(Object.create(null), Object.fromEntries(unseen.map((key) => [key, data[key]])));
}

function errorIn(
  { instancePath, keyword, params }: { instancePath: string; keyword: string; params: SchemaError["params"] },
  seen: readonly Seen[],
): SchemaError {
  const path: (string | number)[] = instancePath.split("/").slice(1).map(unescaped);
  const list = seen.find(
    ({ data, path: at }) =>
      Array.isArray(data) && at.length < path.length && at.every((key, i) => key === path[i]),
  );
  if (list) path[list.path.length] = list.unseen[Number(path[list.path.length])];
  return { path, keyword, params };
}

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}

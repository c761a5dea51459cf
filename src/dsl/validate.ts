import validateFile from "../generated/validate-risk-file";
import type { Path } from "./problem";

/** Something that the schema forbids, as the validator tells it. */
export interface SchemaError {
  /** From the root of what is looked at. */
  readonly path: Path;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A list of which the validator saw items before, and found nothing that has to be found again. */
export interface SeenList {
  readonly path: Path;
  readonly data: unknown[];
  /** Indices of the other items. */
  readonly unseen: readonly number[];
}

/** What the schema forbids in a file with its quantities in base units. Of lists only unseen items are looked at. */
export function validate(data: unknown, lists: readonly SeenList[]): SchemaError[] {
  const whole = lists.map((list) => list.data.slice());
  for (const { data: items, unseen } of lists) {
    for (const [i, index] of unseen.entries()) items[i] = items[index];
    items.length = unseen.length;
  }
  const valid = validateFile(data);
  for (const [i, list] of lists.entries()) for (const [j, item] of whole[i].entries()) list.data[j] = item;
  return valid ? [] : (validateFile.errors ?? []).map((error) => errorIn(error, lists));
}

function errorIn(
  { instancePath, keyword, params }: { instancePath: string; keyword: string; params: SchemaError["params"] },
  lists: readonly SeenList[],
): SchemaError {
  const path: (string | number)[] = instancePath.split("/").slice(1).map(unescaped);
  const list = lists.find(
    (each) => each.path.length < path.length && each.path.every((key, i) => key === path[i]),
  );
  if (list) path[list.path.length] = list.unseen[Number(path[list.path.length])];
  return { path, keyword, params };
}

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}

import { resolved, type Schema } from "../../../src/dsl/schema";
import type { Dice } from "./dice";
import type { Wish } from "./relation";

/**
 * The keys of a map: what is required, one of each group that needs one, and some of the others with what they need.
 * @param isNew whether a key leads to something that no file before has: then it is taken if it can be
 */
export function takenKeys(
  dice: Dice,
  schema: Schema,
  { has = [], lacks = [] }: Wish,
  isNew: (key: string) => boolean,
): Set<string> {
  const { properties = {}, required = [], exclusiveProperties = [], requiresOneOf = [] } = schema;
  const taken = new Set<string>();
  const excluded = (key: string) =>
    exclusiveProperties.some(
      (group) => group.includes(key) && group.some((each) => each !== key && taken.has(each)),
    );
  const take = (key: string) => {
    const needed = neededBy(key, properties);
    if (needed.every((each) => !lacks.includes(each) && !excluded(each)))
      for (const each of needed) taken.add(each);
  };
  for (const key of [...required, ...has]) take(key);
  const shuffled = dice.shuffled(Object.keys(properties));
  const inOrder = [...shuffled.filter(isNew), ...shuffled.filter((key) => !isNew(key))];
  for (const group of requiresOneOf)
    if (!group.some((key) => taken.has(key)))
      take(inOrder.find((key) => group.includes(key) && !lacks.includes(key))!);
  for (const key of inOrder) if (isNew(key) || dice.chance(0.5)) take(key);
  return taken;
}

/** A key and those without which it does nothing. */
function neededBy(key: string, properties: NonNullable<Schema["properties"]>): string[] {
  const needed: string[] = [];
  for (let next: string | undefined = key; next !== undefined && !needed.includes(next); ) {
    needed.push(next);
    next = resolved(properties[next]).with;
  }
  return needed;
}

import type { Path } from "../../../src/dsl/problem";
import type { Schema } from "../../../src/dsl/schema";
import { assetRelations } from "./asset-relations";
import { bookRelations } from "./book-relations";
import { marketRelations } from "./market-relations";
import { indexIn } from "./named";
import { payerRelations } from "./payer-relations";
import type { Place, Relation, Wish } from "./relation";
import type { Range } from "./scalars";

/** What a parameter is to a lending market decides what it may be, whatever the protocol calls it. */
const BY_ROLE: Readonly<Record<NonNullable<Schema["role"]>, Range>> = {
  "loan-to-value": [0.05, 0.5],
  threshold: [0.6, 0.8],
  bonus: [0, 0.1],
  "protocol-fee": [0, 1],
  "supply-cap": [0, Number.MAX_VALUE],
  "borrow-cap": [0, Number.MAX_VALUE],
};

const RELATIONS: readonly Relation[] = [
  {
    at: "markets|books|liquidators|scenarios|venues|oracles",
    because: "without one of them there is nothing to simulate, no route or no price",
    isThere: () => true,
  },
  { at: "extends", because: "what is made stands alone", isThere: () => false },
  {
    at: "venues|books/*/file",
    because: "data files are made for it",
    wish: ({ file, path }) => ({
      exactly: `data/${path[0]}-${indexIn(file[path[0] as "venues"], path)}.csv`,
    }),
  },
  ...assetRelations,
  ...marketRelations,
  ...bookRelations,
  ...payerRelations,
];

export function wishAt(place: Place): Wish {
  const { role } = place.schema;
  const found = relationsAt(place.path).map(({ wish }) => wish?.(place));
  return Object.assign({}, role && { range: BY_ROLE[role] }, ...found);
}

/** Undefined where nothing beyond the schema decides on it. */
export function presenceOf(place: Place): boolean | undefined {
  return relationsAt(place.path)
    .find(({ isThere }) => isThere)
    ?.isThere?.(place);
}

function relationsAt(path: Path): Relation[] {
  return RELATIONS.filter(({ at }) => matches(at.split("/"), path));
}

function matches(pattern: readonly string[], path: Path): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((part, i) => part === "*" || part.split("|").includes(String(path[i])))
  );
}

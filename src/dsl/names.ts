import { collectNames } from "./collect-names";
import type { Span } from "./problem";
import type { Source } from "./source";

/** A name of a risk file with every place where it is written. */
export interface Name {
  /** Of what declares it: a reserve is called like its asset. */
  readonly kind: string;
  readonly text: string;
  /** Each written place once, however many aliases lead there; in the order of the text. */
  readonly mentions: readonly Mention[];
}

/** A place where a name is written. */
export interface Mention {
  readonly name: Name;
  /** As what it is used there: a position's asset names a reserve. */
  readonly kind: string;
  /** The market that the use is about; absent outside of markets and books. */
  readonly market?: string;
  /** As what it is declared there. */
  readonly declares?: string;
  /** Of the name alone, without quotes or number. */
  readonly span: Span;
  readonly form: "key" | "value" | "unit";
}

/** The names of one version of a file. */
export interface Names {
  /** In the order of the text. */
  readonly mentions: readonly Mention[];
  /** A name by its kind, whether it is declared or only used. */
  find(kind: string, text: string, market?: string): Name | undefined;
}

const collected = new WeakMap<Source, Names>();

/** The names of a file, collected once for each version of its text. */
export function namesOf(source: Source): Names {
  let names = collected.get(source);
  if (!names) {
    names = collectNames(source);
    collected.set(source, names);
  }
  return names;
}

/** The name at an offset, its ends included. */
export function mentionAt({ mentions }: Names, offset: number): Mention | undefined {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mentions[middle].span.end < offset) low = middle + 1;
    else high = middle;
  }
  const found = mentions[low];
  return found && found.span.start <= offset ? found : undefined;
}

/** Where a name is declared: of a reserve its entry in the market, and where that is missing, the asset. */
export function declarationOf({ name, kind, market }: Mention): Mention | undefined {
  const { mentions } = name;
  return (
    mentions.find((each) => each.declares === kind && each.market === market) ??
    mentions.find((each) => each.declares === name.kind)
  );
}

/** Whether a name is declared as what its uses take it for. */
export function isDeclared({ kind, mentions }: Name): boolean {
  return mentions.some(({ declares }) => declares === kind);
}

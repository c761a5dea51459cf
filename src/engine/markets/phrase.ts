/** A text for people that is not put together yet: `{0}` stands for the first argument. The engine knows no language. */
export interface Phrase {
  readonly text: string;
  readonly args: readonly string[];
}

/** @param text a plain literal, which the translators' bundle is collected from */
export function phrase(text: string, ...args: readonly string[]): Phrase {
  return { text, args };
}

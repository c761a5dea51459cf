/** Whole sentences one after the other; those that are not said are left out. */
export function caption(...sentences: readonly (string | undefined)[]): string {
  return sentences.filter(Boolean).join(" ");
}

/** Whole sentences one after the other; those that are not said are left out. */
export function sentences(...said: readonly (string | false | undefined)[]): string {
  return said.filter(Boolean).join(" ");
}

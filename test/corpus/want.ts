/** What a risk file says will be found in it: comments `# want rule-id, rule-id` at the ends of lines. */
export interface Want {
  /** From 1. */
  readonly line: number;
  readonly rule: string;
}

const WANT = /#\s*want ([a-z-]+(?:, [a-z-]+)*)\s*$/;

export function wantsOf(text: string): Want[] {
  return text.split("\n").flatMap((content, index) => {
    const rules = WANT.exec(content)?.[1].split(", ") ?? [];
    return rules.map((rule) => ({ line: index + 1, rule }));
  });
}

/** Words that YAML reads as something else than text. */
const RESERVED =
  /^(?:null|true|false|~|[-+]?(?:\.?\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)?|0x[\da-f]+|0o[0-7]+|\.inf)|\.nan)$/i;

/** What can be written without quotes within a line, in flow style without `,[]{}`. */
const PLAIN = /^[\p{L}\p{N}_./+](?:(?!: |:$| #)[^\n"'])*$/u;

/** A name or path as YAML text: plain where it reads as the same text, else in quotes. */
export function plainOrQuoted(text: string, flow: boolean): string {
  const isPlain =
    PLAIN.test(text) && !RESERVED.test(text) && text.trim() === text && !(flow && /[,[\]{}]/.test(text));
  return isPlain ? text : JSON.stringify(text);
}

/** As `plainOrQuoted`, in the quotes that are already there. */
export function inQuotesOf(word: string, text: string, flow: boolean): string {
  if (word.startsWith("'")) return `'${text.replaceAll("'", "''")}'`;
  return word.startsWith('"') ? JSON.stringify(text) : plainOrQuoted(text, flow);
}

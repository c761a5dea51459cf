/** The comment at the end of the line of an offset, without its `#`; undefined when there is none. */
export function commentAt(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, end < 0 ? undefined : end);
  const at = commentStart(line);
  const comment = line
    .slice(at + 1)
    .replace(/^#*/, "")
    .trim();
  return at < 0 || comment === "" || line.slice(0, at).trim() === "" ? undefined : comment;
}

/** A `#` begins a comment where a blank stands before it and no quote is open. */
function commentStart(line: string): number {
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    const isAfterBlank = at === 0 || /[\s[{,:]/.test(line[at - 1]);
    if (quote) {
      if (sign === "\\" && quote === '"') at++;
      else if (sign === quote) quote = "";
    } else if ((sign === '"' || sign === "'") && isAfterBlank) quote = sign;
    else if (sign === "#" && (at === 0 || /\s/.test(line[at - 1]))) return at;
  }
  return -1;
}

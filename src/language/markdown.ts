/** Text of the file as code: nothing in it is read as Markdown. */
export function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replace(/\s+/g, " ")}\``;
}

/** Words of a person as plain text: nothing in them is read as Markdown or HTML. */
export function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()<>#+!|~&-]/g, "\\$&");
}

export function paragraphs(...all: readonly (string | undefined)[]): string {
  return all.filter(Boolean).join("\n\n");
}

export function list(items: readonly (string | undefined)[]): string {
  return items
    .filter((item) => item !== undefined && item !== "")
    .map((item) => `- ${item}`)
    .join("\n");
}

/** A table whose first column is words and whose others are figures. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = headers.map((_, column) => (column === 0 ? "---" : "--:"));
  return [headers, rule, ...rows].map(line).join("\n");
}

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Rows under their headings, columns two spaces apart, each line indented by two; cells beyond the columns are left out. */
export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map((column) => column.title), ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const cell = (text: string, i: number) =>
    columns[i].align === "right" ? text.padStart(widths[i]) : text.padEnd(widths[i]);
  return lines
    .map(
      (line) =>
        `  ${columns
          .map((_, i) => cell(line[i], i))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

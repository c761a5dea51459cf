const WIDTH = 80;

/** Breaks a text at spaces into lines of at most 80 columns; it starts, and goes on, at column `indent`. */
export function wrapped(text: string, indent: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    const longer = lines[last] === "" ? word : `${lines[last]} ${word}`;
    if (indent + longer.length <= WIDTH || lines[last] === "") lines[last] = longer;
    else lines.push(word);
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}

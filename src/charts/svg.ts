type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Ten points, the smallest size that a chart uses, and room to spare. */
export const fontSize = 13.5;

/** One SVG element as text. Children are markup; text from a file goes through `escaped` or `text`. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${attribute(value as string | number)}"`)
    .join("");
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join("")}</${name}>`;
}

function attribute(value: string | number): string {
  return typeof value === "number" ? String(rounded(value)) : escaped(value);
}

/** A coordinate to a hundredth of a pixel. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

export function text(content: string, attributes: Attributes): string {
  return element("text", attributes, escaped(content));
}

/** Safe in SVG's text and attributes; control characters, which XML forbids, become blanks. */
export function escaped(content: string): string {
  return content
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, " ")
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Pixels, guessed on the wide side because fonts differ between machines. */
export function textWidth(content: string): number {
  const wide = content.match(wideSigns)?.length ?? 0;
  return (content.length * 0.66 + wide * 0.34) * fontSize;
}

const wideSigns = /[MWmw@%\u2e80-\uffff]/gu;

/** `content` cut to about `width` pixels, with an ellipsis where it was cut. */
export function fitted(content: string, width: number): string {
  if (textWidth(content) <= width) return content;
  const room = Math.max(1, Math.floor(width / textWidth("M")) - 1);
  return `${[...content].slice(0, room).join("")}…`;
}

/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

type Attributes = Readonly<Record<string, string>>;

/** An element with attributes and children; strings become text, so nothing from a file is ever markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Writes text only where it differs: a live region repeats whatever is written to it. */
export function setText(target: Element, content: string): void {
  if (target.textContent !== content) target.textContent = content;
}

/**
 * Wraps a drawing so that it happens only when its data changed: what stays keeps its focus, scroll position
 * and opened parts.
 */
export function whenChanged<Data>(draw: (data: Data) => void): (data: Data) => void {
  let last: string | undefined;
  return (data) => {
    const next = JSON.stringify(data);
    if (next === last) return;
    last = next;
    draw(data);
  };
}

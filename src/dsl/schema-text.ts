import type { Schema } from "./schema";
import { translated } from "./translated";

/** What a value is called, in the language of the editor; undefined when the schema has no name for it. */
export function titleOf({ title }: Schema): string | undefined {
  return title === undefined ? undefined : translated(title);
}

/** What a value is, or what one of the values of an enumeration means; empty when the schema says nothing. */
export function descriptionOf({ description, enumDescriptions }: Schema, value?: string): string {
  const text = value === undefined ? description : enumDescriptions?.[value];
  return text === undefined ? "" : translated(text);
}

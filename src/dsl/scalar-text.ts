import { stringify } from "yaml";

/** A text as YAML writes it, in a flow map too: quoted only where it would be read as something else. */
export function scalarText(text: string): string {
  const list = stringify([text], { collectionStyle: "flow", flowCollectionPadding: false, lineWidth: 0 });
  return list.slice(1, list.lastIndexOf("]"));
}

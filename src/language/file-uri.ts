/** Whether a text of a format is the path of a file. */
export function isPath(format: string | undefined): boolean {
  return format === "data-file" || format === "risk-file";
}

/**
 * Where a data file is: paths are relative to the folder of the risk file.
 * @param uri of the risk file
 * @returns undefined for a document that is in no folder
 */
export function fileUri(path: string, uri: string): string | undefined {
  if (!/^[a-z][\w+.-]*:\//i.test(uri)) return undefined;
  const encoded = path.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  return new URL(encoded, uri).href;
}

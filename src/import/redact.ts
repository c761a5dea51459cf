/** Parts of a URL at least this long are taken for keys; shorter ones are words such as `v3`. */
const SHORTEST_KEY = 8;

/** An RPC URL as it may be shown: keys stand in paths, queries, credentials and in the first labels of hosts. */
export function publicUrl(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  const isNumeric = /^[\d.]+$|^\[/.test(hostname);
  const labels = hostname.split(".");
  const host = isNumeric || labels.length < 3 ? hostname : `….${labels.slice(-2).join(".")}`;
  return `${protocol}//${host}${port && `:${port}`}`;
}

/** Takes a URL, and every part of it that may be a key, out of a text. */
export function redactor(url: string): (text: string) => string {
  const { href, hostname, pathname, search, username, password, searchParams } = new URL(url);
  const keys = [...pathname.split("/"), ...searchParams.values(), ...hostname.split(".").slice(0, -2)];
  const written = keys.filter((part) => part.length >= SHORTEST_KEY);
  const secrets = [...written, username, password].filter((part) => part !== "");
  const replaced: [string, string][] = [
    ...[url, href, href.replace(/\/$/, "")].map((whole): [string, string] => [whole, publicUrl(url)]),
    ...[pathname + search, ...secrets.flatMap((part) => [part, decoded(part)])]
      .filter((part) => part !== "/" && part !== "")
      .map((part): [string, string] => [part, "…"]),
  ];
  return (text) => replaced.reduce((shown, [part, instead]) => shown.replaceAll(part, instead), text);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./vsix";

/** Which rooms of `src/` a room may import; one direction, no way back (see ARCHITECTURE.md). */
const allowed: Record<string, string[]> = {
  generated: [],
  protocol: [],
  charts: [],
  engine: [],
  dsl: ["generated"],
  data: ["dsl"],
  model: ["dsl", "data", "engine"],
  import: ["dsl", "data", "model", "engine"],
  run: ["engine", "data", "protocol"],
  insight: ["dsl", "engine", "model"],
  language: ["dsl", "insight", "charts"],
  server: ["dsl", "data", "engine", "model", "run", "insight", "language", "charts", "protocol"],
  extension: ["protocol"],
  panel: ["charts", "protocol"],
  cli: ["dsl", "data", "engine", "model", "run", "insight", "charts"],
};

/** Types vanish from the bundle, and a room may know the shape of what it hands on. */
const allowedTypes: Record<string, string[]> = {
  insight: ["protocol"],
  language: ["protocol"],
  cli: ["protocol", "import"],
  extension: ["import"],
};

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly file: string;
}

interface Meta {
  inputs: Record<string, { imports: { path: string }[] }>;
}

const meta: Meta = JSON.parse(readFileSync(join(root, "dist/meta.json"), "utf8"));

function roomOf(file: string): string | undefined {
  return /^src\/(\w+)\//.exec(file)?.[1];
}

function arrow(file: string, path: string): Arrow {
  return { from: roomOf(file) ?? "", to: roomOf(path) ?? "", file: `${file} -> ${path}` };
}

/** What the bundles really take in. */
function arrows(): Arrow[] {
  return Object.entries(meta.inputs).flatMap(([file, { imports }]) =>
    imports.map(({ path }) => arrow(file, path)),
  );
}

/** What the sources name, types included. */
function namedArrows(): Arrow[] {
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  return files.flatMap((name) => {
    const text = readFileSync(join(root, "src", name), "utf8");
    const imports = [...text.matchAll(/from "(\.[^"]+)"/g)].map(([, path]) =>
      relative(root, join(root, "src", name, "..", path)),
    );
    return imports.map((path) => arrow(`src/${name}`, path));
  });
}

function wrong(found: readonly Arrow[], mayImport: (room: string) => readonly string[]): string[] {
  const isWrong = ({ from, to }: Arrow) =>
    from !== "" && to !== "" && from !== to && !mayImport(from).includes(to);
  return found.filter(isWrong).map(({ file }) => file);
}

describe("the rooms of the source", () => {
  it("are all in the table", () => {
    const rooms = new Set(Object.keys(meta.inputs).map(roomOf));
    rooms.delete(undefined);
    expect([...rooms].filter((room) => !(room! in allowed))).toEqual([]);
  });

  it("import only what the table allows", () => {
    expect(wrong(arrows(), (room) => allowed[room])).toEqual([]);
  });

  it("name only what the table allows, and the types of their neighbours", () => {
    expect(wrong(namedArrows(), (room) => [...allowed[room], ...(allowedTypes[room] ?? [])])).toEqual([]);
  });

  it("keep the engine free of Node", () => {
    const named = arrows().filter(({ from, file }) => from === "engine" && file.includes("-> node:"));
    expect(named).toEqual([]);
  });
});

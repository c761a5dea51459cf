import { createRequire } from "node:module";
import type { Artifact } from "./evm";

const require = createRequire(import.meta.url);
const solc = require("solc") as {
  compile(input: string, readers: { import(path: string): { contents: string } }): string;
};

/** Compiles sources by path. @param read the text of a source that they import */
export function compileSolidity(
  sources: Readonly<Record<string, string>>,
  read: (path: string) => string,
): (file: string, name: string) => Artifact {
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.entries(sources).map(([file, content]) => [file, { content }])),
    settings: {
      optimizer: { enabled: true },
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    },
  };
  const output = JSON.parse(
    solc.compile(JSON.stringify(input), { import: (path) => ({ contents: read(path) }) }),
  );
  const errors = (output.errors ?? []).filter((each: { severity: string }) => each.severity === "error");
  if (errors.length > 0) throw new Error(errors.map((each: { message: string }) => each.message).join("\n"));
  return (file, name) => {
    const { abi, evm } = output.contracts[file][name];
    return { abi, bytecode: `0x${evm.bytecode.object}` };
  };
}

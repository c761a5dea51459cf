import { describe, expect, it } from "vitest";
import { parseCommandLine } from "../../src/cli/command-line";
import { Unusable } from "../../src/cli/unusable";

const parse = (line: string) => parseCommandLine(line.split(" ").filter((word) => word !== ""));

describe("a command line", () => {
  it("names a command and a file", () => {
    expect(parse("check a.risk.yaml")).toEqual({ name: "check", file: "a.risk.yaml" });
    expect(parse("simulate a.risk.yaml")).toEqual({ name: "simulate", file: "a.risk.yaml", format: "text" });
  });

  it("takes the options of simulate before or after the file", () => {
    const expected = { name: "simulate", file: "a", format: "json", threads: 3 };
    expect(parse("simulate --format json --threads 3 a")).toEqual(expected);
    expect(parse("simulate a --threads=3 --format=json")).toEqual(expected);
  });

  it("names a protocol to import, where it is and where to write", () => {
    const [provider, out] = ["0x2f39d218133AFaB8F2B819B1066c7E434Ad94E9e", "mainnet"];
    const command = { name: "import", subject: { protocol: "aave-v3", provider }, update: false, out };
    expect(parse(`import aave-v3 --provider ${provider} --out ${out}`)).toEqual(command);
    expect(
      parse(`import --out ${out} --block 20000000 --rpc http://a aave-v3 --provider ${provider}`),
    ).toEqual({
      ...command,
      block: 20_000_000,
      rpc: "http://a",
    });
  });

  it("names the markets to import, one by one", () => {
    expect(parse("import morpho-blue --market 0x1 --out a --market 0x2 --update")).toEqual({
      name: "import",
      subject: { protocol: "morpho-blue", markets: ["0x1", "0x2"] },
      update: true,
      out: "a",
    });
  });

  it("asks for help or the version, whatever else it says", () => {
    expect(parse("--help")).toEqual({ name: "help" });
    expect(parse("simulate -h")).toEqual({ name: "help" });
    expect(parse("--version")).toEqual({ name: "version" });
  });
});

describe("a wrong command line", () => {
  it("may name a file by nothing, as an unset variable does", () => {
    expect(() => parseCommandLine(["check", ""])).toThrow("takes one risk file, and its name is empty.");
  });

  it.each([
    ["", "Name a command: check, simulate or import."],
    ["simulat a", 'There is no command "simulat". The commands are check, simulate and import.'],
    ["check", "plimsoll check takes one risk file, and none was named."],
    ["check a b", "plimsoll check takes one risk file, and 2 were named."],
    ["simulate a --format xml", 'The format "xml" is unknown. The formats are text and json.'],
    ["simulate a --threads 0", '--threads takes a whole number from 1 to 64, and "0" is none.'],
    ["simulate a --threads 1e1", '--threads takes a whole number from 1 to 64, and "1e1" is none.'],
    ["simulate a --threads 65", '--threads takes a whole number from 1 to 64, and "65" is none.'],
    ["check a --threads 2", "The option --threads belongs to simulate, not to check."],
    ["check a --rpc http://a", "The option --rpc belongs to import, not to check."],
    ["import aave-v3 --format json", "The option --format belongs to simulate, not to import."],
    ["import", "plimsoll import takes one protocol, aave-v3 or morpho-blue, and found none."],
    ["import aave", "plimsoll import takes one protocol, aave-v3 or morpho-blue, and found aave."],
    [
      "import aave-v3 --out a",
      "plimsoll import aave-v3 needs --provider, the PoolAddressesProvider's address.",
    ],
    [
      "import aave-v3 --market 0x1 --out a",
      "The option --market belongs to import morpho-blue, not to import aave-v3.",
    ],
    [
      "import morpho-blue --out a",
      "plimsoll import morpho-blue needs --market, the id of a market; several are given one by one.",
    ],
    ["import aave-v3 --provider 0x1", "plimsoll import needs --out, the folder to write to."],
    [
      "import aave-v3 --provider 0x1 --out a --block latest",
      '--block takes the number of a block, and "latest" is none.',
    ],
    ["check a --frmat json", "Unknown option '--frmat'."],
    ["simulate a --format", "Option '--format <value>' argument missing."],
  ])("%s is told what is wrong and where to read on", (line, message) => {
    expect(() => parse(line)).toThrow(Unusable);
    expect(() => parse(line)).toThrow(`${message} See "plimsoll --help".`);
  });
});

import { describe, expect, it } from "vitest";
import { assetLookup } from "../../src/data/asset-names";
import { readPositions } from "../../src/data/positions";
import { describeRejected } from "../../src/data/rejected";

const weth = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";
const names = {
  asset: assetLookup({ WETH: { address: weth }, USDC: {}, DAI: {} }),
  market: "core",
  markets: ["core", "prime"],
  reserves: ["WETH", "USDC"],
  emodes: ["eth"],
};

function read(text: string | Uint8Array) {
  return readPositions(typeof text === "string" ? new TextEncoder().encode(text) : text, names);
}

const header = "account,asset,side,amount\n";

describe("a positions file", () => {
  it("gives one position a row", () => {
    const { positions, rejected, unknownColumns } = read(
      "account,asset,side,amount,emode\nalice,WETH,collateral,10,eth\nalice,USDC,debt,15e3,\n",
    );
    expect(positions).toEqual([
      { account: "alice", asset: "WETH", side: "collateral", amount: 10, emode: "eth" },
      { account: "alice", asset: "USDC", side: "debt", amount: 15000, emode: undefined },
    ]);
    expect(rejected).toEqual([]);
    expect(unknownColumns).toEqual([]);
  });

  it("may order its columns and write its header as it likes", () => {
    expect(read("Amount, SIDE ,asset,Account\n1.5,Debt,usdc,bob").positions).toEqual([
      { account: "bob", asset: "USDC", side: "debt", amount: 1.5, emode: undefined },
    ]);
  });

  it("may have a byte order mark, Windows and mixed line ends, quotes, blank lines and spaces", () => {
    const { positions, rejected } = read(
      '\uFEFF"account","asset","side","amount"\r\n"a, b",WETH,debt, 1 \n\r\nc,WETH,debt,2\r\n',
    );
    expect(positions.map(({ account, amount }) => [account, amount])).toEqual([
      ["a, b", 1],
      ["c", 2],
    ]);
    expect(rejected).toEqual([]);
  });

  it("may name assets by address in any case, and an address is one account in any case", () => {
    const account = "0xAbCdEf0000000000000000000000000000000001";
    const { positions } = read(`${header}${account},${weth.toLowerCase()},debt,1\n`);
    expect(positions[0]).toMatchObject({ account: account.toLowerCase(), asset: "WETH" });
  });

  it("may serve several markets: rows that name another are counted, those that name none belong to it", () => {
    const found = read(
      "account,asset,side,amount,market\na,WETH,debt,1,core\na,DAI,debt,2,prime\na,USDC,debt,3,\na,WETH,debt,4,moon\n",
    );
    expect(found.positions.map(({ amount }) => amount)).toEqual([1, 3]);
    expect(found.otherMarkets).toBe(1);
    expect(found.rejected).toEqual([
      { line: 5, reason: "the market is not one of this file's markets", found: "moon" },
    ]);
    expect(found.rowCount).toBe(4);
  });

  it("may say what is supplied and not turned on as collateral", () => {
    const flags = ["true", "FALSE", "0", "1", "", "no"].map((flag, i) => `a${i},WETH,collateral,1,${flag}`);
    const { positions, rejected } = read(
      `account,asset,side,amount,as_collateral\n${flags.join("\n")}\nb,USDC,debt,1,false\n`,
    );
    expect(
      positions.filter(({ asCollateral }) => asCollateral === false).map(({ account }) => account),
    ).toEqual(["a1", "a2"]);
    expect(rejected).toEqual([{ line: 7, reason: "as_collateral is not true or false", found: "no" }]);
  });

  it("keeps zero amounts: what they mean is the model's business", () => {
    expect(read(`${header}a,WETH,debt,0`).positions[0].amount).toBe(0);
  });

  it.each([
    ["a,WETH,debt,NaN", "the amount is not a decimal number", "NaN"],
    ["a,WETH,debt,Infinity", "the amount is not a decimal number", "Infinity"],
    ["a,WETH,debt,0x10", "the amount is not a decimal number", "0x10"],
    ['a,WETH,debt,"1,000"', "the amount is not a decimal number", "1,000"],
    ["a,WETH,debt,1e400", "the amount is too large", "1e400"],
    ["a,WETH,debt,-5", "the amount is negative", "-5"],
    ["a,WETH,debt,", "the amount is empty", ""],
    [",WETH,debt,1", "the account is empty", undefined],
    ["a,LINK,debt,1", "the asset is not one of this file's assets", "LINK"],
    ["a,DAI,debt,1", "the asset is not a reserve of market core", "DAI"],
    ["a,WETH,borrow,1", "the side is not collateral or debt", "borrow"],
    ["a,WETH,debt", "the number of cells is not the header's 4", "a,WETH,debt"],
    ["a,WETH,debt,1,2", "the number of cells is not the header's 4", "a,WETH,debt,1,2"],
  ])("rejects the row %s", (row, reason, found) => {
    const { positions, rejected, rowCount } = read(`${header}ok,WETH,debt,1\n${row}\nok,USDC,debt,2\n`);
    expect(positions).toHaveLength(2);
    expect(rejected).toEqual([{ line: 3, reason, found }]);
    expect(rowCount).toBe(3);
  });

  it("rejects an E-mode that the market does not have", () => {
    const { rejected } = read("account,asset,side,amount,emode\na,WETH,debt,1,btc\n");
    expect(rejected).toEqual([{ line: 2, reason: "the E-mode is not one of market core's", found: "btc" }]);
  });

  it("names the columns that nothing reads", () => {
    expect(read("account,asset,side,amount,Health Factor,note\na,WETH,debt,1,2,x\n").unknownColumns).toEqual([
      "Health Factor",
      "note",
    ]);
  });

  it.each([
    ["", "is empty. Its first line must name the columns account,asset,side,amount."],
    ["\n\n", "is empty. Its first line must name the columns account,asset,side,amount."],
    [header, "has a header line and no rows below it."],
    [
      "account,asset,amount\na,WETH,1\n",
      'lacks the column side. Its first line must name account,asset,side,amount; it is "account,asset,amount".',
    ],
    [
      "account;asset;side;amount\n",
      'lacks the columns account, asset, side, amount. Its first line must name account,asset,side,amount; it is "account;asset;side;amount". Separate the columns by commas.',
    ],
    ["account,asset,side,amount,account\n", "names the column account twice. Remove one of them."],
    [
      `${header}a,"WETH,debt,1\n`,
      "is not valid CSV: a quotation mark is opened and never closed (near line 2).",
    ],
    [Uint8Array.of(0xff, 0xfe, 0x61, 0x00), "is not UTF-8 text. Save it as CSV in UTF-8."],
  ])("that reads %j cannot be used at all", (text, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ name: "FileProblem", rule: "unusable-file", message }),
    );
  });

  it("rejects ten thousand bad rows in one text with the count, the reasons and the first 20", () => {
    const { rejected, rowCount } = read(`${header}${"a,WETH,debt,NaN\n".repeat(9999)}a,LINK,debt,1\n`);
    const lines = describeRejected(rejected, rowCount).split("\n");
    expect(lines[0]).toBe(
      "10000 of 10000 rows cannot be used: 9999 where the amount is not a decimal number, 1 where the asset is not one of this file's assets.",
    );
    expect(lines[1]).toBe('  line 2: the amount is not a decimal number: "NaN"');
    expect(lines).toHaveLength(22);
    expect(lines[21]).toBe("  and 9980 more");
  });
});

import { describe, expect, it } from "vitest";
import { readAccounts } from "../../src/data/accounts";

const names = {
  collateral: { asset: "WETH", price: 2000 },
  debt: { asset: "USDC", price: 1 },
  market: "core",
  markets: ["core", "prime"],
  emodes: ["eth"],
};

function read(text: string) {
  return readAccounts(new TextEncoder().encode(text), names);
}

describe("a file with one row an account", () => {
  it("gives a collateral and a debt, values as amounts at the prices", () => {
    const { positions, stated, rejected } = read("account,collateral_value,debt_value\nalice,3000,1500\n");
    expect(positions).toEqual([
      { account: "alice", asset: "WETH", side: "collateral", amount: 1.5, emode: undefined },
      { account: "alice", asset: "USDC", side: "debt", amount: 1500, emode: undefined },
    ]);
    expect({ stated, rejected }).toEqual({ stated: [], rejected: [] });
  });

  it("may be called and ordered as a dashboard exports it", () => {
    const { positions, stated } = read(
      "user_address,total_debt_usd,total_collateral_usd,health_factor\n0xA,500,1000,1.66\n",
    );
    expect(positions.map(({ amount }) => amount)).toEqual([0.5, 500]);
    expect(stated).toEqual([{ account: "0xA", health: 1.66, collateral: 1000, debt: 500, emode: undefined }]);
  });

  it("leaves out a side that is zero", () => {
    expect(read("account,collateral_value,debt_value\na,100,0\n").positions).toHaveLength(1);
  });

  it.each([
    [",1,1,,", "the account is empty"],
    ["a,-1,1,,", "the collateral value is negative"],
    ["a,1,NaN,,", "the debt value is not a decimal number"],
    ["a,1,1,inf,", "the health factor is not a decimal number"],
    ["a,1,1,,btc", "the E-mode is not one of market core's"],
  ])("rejects %s", (row, reason) => {
    const { positions, rejected, rowCount } = read(
      `account,collateral_value,debt_value,health_factor,emode\nb,1,1,,\n${row}\n`,
    );
    expect(positions).toHaveLength(2);
    expect(rejected).toMatchObject([{ line: 3, reason }]);
    expect(rowCount).toBe(2);
  });

  it("is unusable without its columns, or with one under two names", () => {
    expect(() => read("account,asset,side,amount\na,WETH,debt,1\n")).toThrow(
      "lacks the columns collateral_value, debt_value",
    );
    expect(() => read("account,user,collateral_value,debt_value\na,a,1,1\n")).toThrow(
      "names the column account twice",
    );
  });
});

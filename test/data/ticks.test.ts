import { describe, expect, it } from "vitest";
import { readTicks } from "../../src/data/ticks";

const read = (text: string) => readTicks(new TextEncoder().encode(text));

describe("a ticks file", () => {
  it("is read by rising tick, exactly, whatever other columns it has", () => {
    const { ticks, rejected, rowCount } = read(
      "tickIdx,liquidityGross,liquidityNet\n200,1,-340282366920938463463374607431768211455\n-100,1,+340282366920938463463374607431768211455\n",
    );
    expect(ticks).toEqual([
      { tick: -100, liquidityNet: 2n ** 128n - 1n },
      { tick: 200, liquidityNet: 1n - 2n ** 128n },
    ]);
    expect([rejected, rowCount]).toEqual([[], 2]);
  });

  it.each([
    ["1.5,7", "tick is not a whole number", "1.5"],
    [",7", "tick is not a whole number", ""],
    ["887273,7", "tick is not between -887272 and 887272", "887273"],
    ["10,1e18", "liquidityNet is not a whole number", "1e18"],
    ["10,", "liquidityNet is not a whole number", ""],
    ["5,7", "the tick is listed before", "5"],
    ["10", "the number of cells is not the header's 2", "10"],
  ])("rejects the row %s", (row, reason, found) => {
    const { rejected, rowCount } = read(`tick,liquidityNet\n5,1\n${row}\n`);
    expect(rejected).toEqual([{ line: 3, reason, found }]);
    expect(rowCount).toBe(2);
  });

  it("without its columns is unusable", () => {
    expect(() => read("tick,liquidity\n5,1\n")).toThrow("lacks the column liquiditynet");
  });
});

import { describe, expect, it } from "vitest";
import type { InterestTerms } from "../../src/engine/interest/pool";
import { incentiveOf } from "../../src/engine/markets/morpho-blue";
import type { Market, Model, Vault } from "../../src/engine/model";
import { feed, free, market, model, pool, reserve, run, shock } from "./kit";

const COLLATERALS = 2;
const USDC = 2;

interface Lent {
  readonly supplied: number;
  readonly borrowed: number;
  readonly fee?: number;
  readonly rateAtTarget?: number;
}

const FREE = { kind: "kinked", kink: 1, base: 0, below: 0, above: 0 } as const;

/** Ten units of a collateral worth 1,000 each, and a debt that is sound at an LLTV of 86%. */
function isolated(collateral: number, debt: number, lent: Lent): Market {
  const interest: InterestTerms = {
    supplied: lent.supplied,
    borrowed: lent.borrowed,
    reserveFactor: lent.fee ?? 0,
    curve: lent.rateAtTarget ? { kind: "adaptive", rateAtTarget: lent.rateAtTarget } : FREE,
    growth: "compounded",
    lendsReserves: true,
    socialises: true,
  };
  const reserves = [
    reserve(collateral, { threshold: 0.86, bonus: incentiveOf(0.86) }),
    reserve(USDC, { oracle: -1, threshold: 0, bonus: 0, interest }),
  ];
  const holdings = [{ account: "a", collateral: { 0: 10 }, debt: { 1: debt } }];
  return { ...market("morpho-blue", reserves, holdings, { unit: USDC }), name: `m${collateral}` };
}

function lending(markets: readonly Market[], vaults: readonly Vault[], more: Partial<Model> = {}): Model {
  return model({
    assets: [free("A", 1000), free("B", 1000), free("USDC", 1)],
    oracles: Array.from({ length: COLLATERALS }, (_, asset) => feed(asset, { quote: USDC })),
    markets,
    vaults,
    ...more,
  });
}

const vault = (idle: number, ...supplied: readonly (readonly [number, number])[]): Vault => ({
  name: "prime",
  asset: USDC,
  idle,
  allocations: supplied.map(([of, units]) => ({ market: of, supplied: units })),
});

const still = shock([0, 0, 0]);

function outcome(from: Model, scenario = shock([-0.5, -0.4, 0])) {
  const { vaults, withdrawable } = run(from, scenario);
  const at = (column: Float64Array) => column[0];
  return {
    loss: vaults.map((each) => each.loss.map(at)),
    withdrawable: vaults.map((each) => [each.idle, ...each.withdrawable].map(at)),
    together: withdrawable[0],
  };
}

describe("a vault's suppliers", () => {
  // Nothing is sold: A halves and 8,000 - 5,000 are missing, B falls by 40% and 7,000 - 6,000 are.
  const markets = [
    isolated(0, 8000, { supplied: 10_000, borrowed: 8000 }),
    isolated(1, 7000, { supplied: 20_000, borrowed: 7000 }),
  ];

  it("bear of each market's bad debt the share of what is supplied there", () => {
    expect(outcome(lending(markets, [vault(100, [0, 4000], [1, 5000])])).loss).toEqual([
      [expect.closeTo(0.4 * 3000, 6), expect.closeTo(0.25 * 1000, 6)],
    ]);
  });

  it("bear together what there is, and of what a backstop pays nothing", () => {
    const two = [vault(0, [0, 4000]), vault(0, [0, 6000])];
    expect(outcome(lending(markets, two)).loss).toEqual([
      [expect.closeTo(1200, 6)],
      [expect.closeTo(1800, 6)],
    ]);
    const backstops = [{ asset: USDC, amount: 2000, covers: USDC, market: 0 }];
    expect(outcome(lending(markets, two, { backstops })).loss).toEqual([
      [expect.closeTo(400, 6)],
      [expect.closeTo(600, 6)],
    ]);
  });

  it("bear nothing where nothing is lost", () => {
    expect(outcome(lending(markets, [vault(0, [0, 4000], [1, 5000])]), still).loss).toEqual([[0, 0]]);
  });

  it("bear what liquidation leaves, at once", () => {
    const venues = [pool(0, USDC, [1e6, 1e9])];
    const { loss, withdrawable } = outcome(lending(markets.slice(0, 1), [vault(0, [0, 5000])], { venues }));
    const repaid = 5000 / (1 + incentiveOf(0.86));
    expect(loss[0][0]).toBeCloseTo(0.5 * (8000 - repaid), 0);
    // 2,000 were never lent and what was repaid can be lent again; half of what is left of the supply is the vault's.
    expect(withdrawable[0][1]).toBeCloseTo(0.5 * (10_000 - (8000 - repaid)), 0);
  });
});

describe("what a vault can withdraw", () => {
  const withdrawableOf = (lent: Lent, supplied: number, idle = 0, hold = 3600) => {
    const from = lending([isolated(0, 5000, lent)], [vault(idle, [0, supplied])]);
    return outcome(from, shock([0, 0, 0], { hold })).withdrawable[0];
  };

  it("is what is idle, and of a market what it is not lending", () => {
    expect(withdrawableOf({ supplied: 10_000, borrowed: 8000 }, 4000, 100)).toEqual([100, 2000]);
    expect(withdrawableOf({ supplied: 10_000, borrowed: 8000 }, 1500)).toEqual([0, 1500]);
  });

  it("is nothing of a market that lends all it has", () => {
    expect(withdrawableOf({ supplied: 8000, borrowed: 8000 }, 4000, 100)).toEqual([100, 0]);
  });

  it("grows by the interest that suppliers get, which is what the fee leaves", () => {
    const [year, rateAtTarget] = [365 * 86_400, 0.04];
    const lent = { supplied: 1e6, borrowed: 5e5, rateAtTarget };
    const free = withdrawableOf(lent, 1000, 0, year)[1];
    expect(free).toBeGreaterThan(1000.5);
    const charged = withdrawableOf({ ...lent, fee: 0.25 }, 1000, 0, year)[1];
    expect(charged).toBeGreaterThan(1000);
    expect(charged).toBeLessThan(free);
  });

  it("goes round once among vaults", () => {
    const lent = { supplied: 10_000, borrowed: 8000 };
    const two = [vault(50, [0, 4000]), vault(0, [0, 1500])];
    const { withdrawable, together } = outcome(lending([isolated(0, 5000, lent)], two), still);
    expect(withdrawable).toEqual([
      [50, 2000],
      [0, 1500],
    ]);
    expect(together).toBe(2050);
  });
});

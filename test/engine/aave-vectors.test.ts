import { describe, expect, it } from "vitest";
import { type Account, standingOf } from "../../src/engine/book/account";
import { aaveV30 } from "../../src/engine/markets/aave-v3.0";
import { aaveV33 } from "../../src/engine/markets/aave-v3.3";
import fixture from "../fixtures/aave-v3.json";
import { free, market, model, reserve } from "./kit";
import { accountOf, expectUnits, liquidate, pairOf } from "./liquidation";

/** `v3.7` stands for v3.3 too: the arithmetic of a liquidation is the same. */
const versions = [
  ["v3.0.2", aaveV30],
  ["v3.7", aaveV33],
] as const;

interface Case {
  readonly id: string;
  readonly protocolFee?: Readonly<Record<string, string>>;
  readonly emode?: { readonly lt: string; readonly bonus: string; readonly assets: readonly string[] };
  readonly supply: Readonly<Record<string, string>>;
  readonly owed: Readonly<Record<string, string>>;
  readonly prices: Readonly<Record<string, string>>;
  readonly "v3.0.2"?: Recorded;
  readonly "v3.7"?: Recorded;
}

interface Recorded {
  readonly steps: readonly Step[];
  readonly finalDebt: Readonly<Record<string, string>>;
  readonly deficit: Readonly<Record<string, string>>;
}

interface Step {
  readonly coll: string;
  readonly debt: string;
  readonly amount?: string;
  readonly revert?: boolean;
  readonly hfBefore?: string;
  readonly debtCovered?: string;
  readonly collSeizedToLiquidator?: string;
  readonly protocolFee?: string;
  readonly collAfter?: string;
  readonly debtAfter?: string;
}

const { reserves } = fixture;
const cases = fixture.cases as unknown as readonly Case[];
const indexOf = (symbol: string) => reserves.findIndex((each) => each.symbol === symbol);
const decimalsOf = (symbol: string) => reserves[indexOf(symbol)].decimals;
const bps = (text: string) => Number(text) / 1e4;
const byReserve = (amounts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(amounts).map(([symbol, amount]) => [indexOf(symbol), Number(amount)]));

function open({ protocolFee = {}, emode, supply, owed, prices }: Case, rules: string): Account {
  const price = reserves.map(({ symbol, price: opening }) => Number(prices[symbol] ?? opening));
  const terms = reserves.map(({ symbol, lt, bonus, protocolFee: fee }, i) =>
    reserve(i, {
      threshold: bps(lt),
      bonus: bps(bonus) - 1,
      protocolFee: bps(protocolFee[symbol] ?? fee),
    }),
  );
  const categories = emode
    ? [
        {
          name: "eth",
          collateral: emode.assets.map(indexOf),
          threshold: bps(emode.lt),
          bonus: bps(emode.bonus) - 1,
        },
      ]
    : [];
  const holding = {
    account: "a",
    collateral: byReserve(supply),
    debt: byReserve(owed),
    emode: emode ? 0 : -1,
  };
  const from = model({
    assets: reserves.map(({ symbol, decimals }, i) => free(symbol, price[i], 0, decimals)),
    markets: [market(rules, terms, [holding], { emodes: categories })],
  });
  return accountOf(from, price);
}

describe.each(versions)("Aave %s as recorded from the deployed contracts", (version, rules) => {
  const recorded = cases.flatMap((each) => {
    const own = each[version];
    return own ? [[each.id, each, own] as const] : [];
  });

  it.each(recorded)("%s", (_, position, { steps, finalDebt, deficit }) => {
    const account = open(position, rules.id);
    const cancelled = new Map<number, number>();
    for (const step of steps) {
      const pair = pairOf(account, indexOf(step.coll), indexOf(step.debt));
      const { capacity, debt } = rules.standing(account, { capacity: 0, debt: 0 });
      const outcome = liquidate(rules, account, pair, Number(step.amount ?? "Infinity"));
      expect(outcome === undefined).toBe(step.revert === true);
      if (!outcome) continue;
      expectUnits(capacity / debt, step.hfBefore!, 18, "health factor");
      expectUnits(outcome.repaid, step.debtCovered!, decimalsOf(step.debt), "debt covered");
      expectUnits(outcome.received, step.collSeizedToLiquidator!, decimalsOf(step.coll), "received");
      expectUnits(outcome.fee, step.protocolFee!, decimalsOf(step.coll), "protocol fee");
      expectUnits(account.amount[pair.collateral], step.collAfter!, decimalsOf(step.coll), "collateral left");
      expectUnits(account.amount[pair.debt], step.debtAfter!, decimalsOf(step.debt), "debt left");
      for (const [of, amount] of outcome.deficit) cancelled.set(of, amount);
    }
    for (const [symbol, units] of Object.entries(finalDebt)) {
      const { debt } = pairOf(account, indexOf(steps[0].coll), indexOf(symbol));
      expectUnits(account.amount[debt], units, decimalsOf(symbol), `${symbol} owed in the end`);
      expectUnits(cancelled.get(indexOf(symbol)) ?? 0, deficit[symbol] ?? "0", decimalsOf(symbol), "deficit");
    }
  });
});

describe("the average liquidation threshold up to Aave v3.2 is cut to whole basis points", () => {
  const mixed = (rules: string) =>
    accountOf(
      model({
        assets: [free("WETH", 2000), free("WBTC", 40_000), free("USDC", 1, 0, 6)],
        markets: [
          market(
            rules,
            [reserve(0, { threshold: 0.825 }), reserve(1, { threshold: 0.78 }), reserve(2)],
            [{ account: "a", collateral: { 0: 1, 1: 0.1 }, debt: { 2: 4770 } }],
          ),
        ],
      }),
      [2000, 40_000, 1],
    );

  it("2,000 at 82.5% and 4,000 at 78% carry 6,000 x 79.5%", () => {
    const { capacity } = aaveV30.standing(mixed("aave-v3.0"), { capacity: 0, debt: 0 });
    expect(capacity).toBeCloseTo(4770, 9);
  });

  it("a dollar more at 78% takes a whole basis point off all of it", () => {
    const account = mixed("aave-v3.0");
    account.amount[1] += 1 / 40_000;
    const { capacity } = aaveV30.standing(account, { capacity: 0, debt: 0 });
    expect(capacity).toBeCloseTo(6001 * 0.7949, 9);
    expect(standingOf(account, { capacity: 0, debt: 0 }).capacity).toBeCloseTo(4770.78, 9);
  });
});

import { describe, expect, it } from "vitest";
import { nextVisible, oracleStates, publish, resetOracles } from "../../src/engine/oracles/oracle-state";
import { feed } from "./kit";

const prices = (price: number) => Float64Array.of(price);

function started(...oracles: Parameters<typeof oracleStates>[0][number][]) {
  const states = oracleStates(oracles);
  resetOracles(states, prices(100));
  return states;
}

describe("a feed", () => {
  it("without deviation and heartbeat reports every price", () => {
    const states = started(feed(0));
    publish(states, prices(99.99), 1);
    expect(states.visible[0]).toBe(99.99);
  });

  it("with a deviation of 0.5% keeps its price until the market has moved that far from it", () => {
    const states = started(feed(0, { deviation: 0.005 }));
    publish(states, prices(99.51), 1);
    expect(states.visible[0]).toBe(100);
    publish(states, prices(99.5), 2);
    expect(states.visible[0]).toBe(99.5);
  });

  it("with a heartbeat of an hour reports then, however small the move", () => {
    const states = started(feed(0, { deviation: 0.5, heartbeat: 3600 }));
    publish(states, prices(99), 3599);
    expect(states.visible[0]).toBe(100);
    publish(states, prices(99), 3600);
    expect(states.visible[0]).toBe(99);
  });

  it("with a delay is seen that much later, each report in its turn", () => {
    const states = started(feed(0, { delay: 3600 }));
    publish(states, prices(90), 0);
    publish(states, prices(80), 600);
    expect(states.visible[0]).toBe(100);
    expect(nextVisible(states)).toBe(3600);
    publish(states, prices(70), 3600);
    expect(states.visible[0]).toBe(90);
    publish(states, prices(70), 4200);
    expect(states.visible[0]).toBe(80);
  });

  it("that repeats its price sends nothing that anybody would wait for", () => {
    const states = started(feed(0, { heartbeat: 1, delay: 1 }));
    for (let now = 1; now < 50; now++) publish(states, prices(100), now);
    expect(nextVisible(states)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("a rate oracle", () => {
  it("is its rate times its base, whatever order they are declared in", () => {
    const states = started({ name: "wsteth", kind: "rate", base: 1, rate: 1.2 }, feed(0));
    expect(states.visible[0]).toBeCloseTo(120, 12);
    publish(states, prices(50), 1);
    expect(states.visible[0]).toBeCloseTo(60, 12);
  });
});

import { describe, expect, it } from "vitest";
import { digestOfMath, digestOfRuns } from "./digest";

describe("results", () => {
  it("of the mathematics and the random draws are these bits, on every platform", () => {
    expect(digestOfMath()).toBe("d14abe52");
  });

  it("of the same run are the same bits", () => {
    expect(digestOfRuns()).toBe(digestOfRuns());
  });
});

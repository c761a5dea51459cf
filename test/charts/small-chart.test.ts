import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataUri, smallBars, smallColours, smallInterval, smallLines } from "../../src/charts/small-chart";

const write = (value: number) => `$${value.toPrecision(3)}`;
const lines = (values: readonly number[]) =>
  smallLines({
    title: "Losses after a fall of WETH",
    positions: values.map((_, index) => index),
    lines: [{ label: "bad debt", colour: "debt", values }],
    ends: ["no fall", "60% fall"],
    write,
  });

/** Relative luminance: WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe("the colours", () => {
  it.each(["#ffffff", "#f3f3f3", "#1f1f1f", "#252526", "#000000"])("are seen on %s", (background) => {
    for (const colour of Object.values(smallColours)) expect(contrast(colour, background)).toBeGreaterThan(3);
    expect(contrast(smallColours.text, background)).toBeGreaterThan(3.5);
  });

  it("are written into the picture: nothing around it gives any", () => {
    const svg = lines([0, 1, 4]);
    expect(svg).not.toMatch(/currentColor|class=|var\(/);
    expect(svg).toContain(smallColours.debt);
  });
});

describe("lines", () => {
  it("say what they are, the largest value and the ends", () => {
    const svg = lines([0, 1, 4]);
    for (const words of ["Losses after a fall of WETH", "bad debt", "$4.00", "no fall", "60% fall"])
      expect(svg).toContain(`>${words}<`);
  });

  it("rise with their values, from the base line", () => {
    const [, path] = /<path d="([^"]+)"/.exec(lines([0, 1, 4]))!;
    const heights = [...path.matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
    expect(heights).toEqual([92, 78, 36]);
  });
});

describe("bars", () => {
  it("are one a bin, with the ends of the histogram", () => {
    const svg = smallBars({ title: "paths", edges: [0, 10, 20], counts: [4, 1], write });
    expect(svg.match(/<rect/g)).toHaveLength(2);
    expect(svg).toContain(">$0.00<");
    expect(svg).toContain(">$20.0<");
  });
});

describe("an interval", () => {
  const svg = smallInterval({ value: 5, lower: 4, upper: 7, bound: 10, broken: false, write });

  it("stands left of the bound that holds it", () => {
    const value = Number(/<circle cx="([\d.]+)"/.exec(svg)![1]);
    const bound = Number(/<line x1="([\d.]+)" x2="\1"/.exec(svg)![1]);
    expect(value).toBeLessThan(bound);
  });

  it("says the figure and the limit", () => {
    expect(svg).toContain(">measured $5.00<");
    expect(svg).toContain(">limit $10.0<");
  });
});

describe("every picture", () => {
  const finite = fc.double({ min: 0, max: 1e9, noNaN: true });
  const any = fc.oneof(fc.double(), finite);

  it("is small and well formed for any values", () => {
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 1, maxLength: 40 }),
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 40 }),
        fc.tuple(finite, any, any, finite),
        (values, counts, [value, lower, upper, bound]) => {
          const pictures = [
            lines(values),
            smallBars({ title: "a", edges: [0, ...counts], counts, write }),
            smallInterval({ value, lower, upper, bound, broken: true, write }),
          ];
          for (const svg of pictures) {
            expect(svg).toMatch(/^<svg [^<]*>.*<\/svg>$/);
            expect(svg).not.toMatch(/="[^"]*(NaN|Infinity|undefined)/);
            expect(dataUri(svg).length).toBeLessThan(8_000);
          }
        },
      ),
    );
  });

  it("is an address that holds it, whatever its signs", () => {
    const [head, data] = dataUri("<svg>−…</svg>").split(",");
    expect(head).toBe("data:image/svg+xml;base64");
    expect(Buffer.from(data, "base64").toString("utf8")).toBe("<svg>−…</svg>");
  });
});

export interface Mark {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Text directly after the opening tag. */
  readonly text: string;
}

/** The elements of an SVG that `src/charts` wrote, in order. */
export function marksOf(svg: string): readonly Mark[] {
  return [...svg.matchAll(/<([a-z]+)((?: [\w:-]+="[^"]*")*)\/?>([^<]*)/g)].map(
    ([, name, attributes, text]) => ({
      name,
      attributes: Object.fromEntries(
        [...attributes.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
      ),
      text,
    }),
  );
}

export function withClass(svg: string, name: string, colour: string): readonly Mark[] {
  return marksOf(svg).filter(
    (mark) => mark.name === name && mark.attributes.class?.split(" ").includes(colour),
  );
}

export function textsOf(svg: string): readonly string[] {
  return marksOf(svg)
    .filter(({ name }) => name === "text")
    .map(({ text }) => text);
}

const across = ["x", "x1", "x2"];
const down = ["y", "y1", "y2"];

/** What is wrong with the coordinates: not a number, or outside the view box. Empty when nothing is. */
export function misplaced(svg: string): readonly string[] {
  const [root, ...marks] = marksOf(svg);
  const [, , width, height] = root.attributes.viewBox.split(" ").map(Number);
  return marks.flatMap(({ name, attributes }) => {
    const points = [...boxPoints(attributes), ...pathPoints(attributes.d ?? "")];
    const outside = points.filter(([x, y]) => !(x >= 0 && x <= width && y >= 0 && y <= height));
    return outside.map((point) => `${name} ${attributes.class ?? ""} at ${point}`);
  });
}

function boxPoints(attributes: Mark["attributes"]): readonly (readonly [number, number])[] {
  const numbers = (keys: readonly string[]) =>
    keys.filter((key) => key in attributes).map((key) => Number(attributes[key]));
  const [xs, ys] = [numbers(across), numbers(down)];
  const points = xs.map((x, index) => [x, ys[index]] as const);
  if (!("width" in attributes) || points.length === 0) return points;
  const [x, y] = points[0];
  return [...points, [x + Number(attributes.width), y + Number(attributes.height)]];
}

/** The points of a path of absolute M, L, H, V and Z commands, as d3 writes them for lines. */
function pathPoints(path: string): readonly (readonly [number, number])[] {
  const numbers = path.split(/[MLZ]/).filter((piece) => piece !== "");
  return numbers.map((piece) => piece.split(",").map(Number)).map(([x, y]) => [x, y] as const);
}

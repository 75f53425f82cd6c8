// Labels that are not those which a diagram was drawn with: the boxes that its author drew fit his words, not others.
import type TextRenderer from "bpmn-js/lib/draw/TextRenderer";

const USUAL = 90; // the width at which bpmn-js breaks a label that nobody has drawn a box for
const SMALLEST = 9; // px

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What stands in the file for one drawn element. */
export interface Drawn {
  bpmnElement?: { id: string; name?: string };
  bounds?: Bounds;
  waypoint?: { x: number; y: number }[];
  label?: { bounds?: Bounds };
}

/** Gives a label outside its shape a box as wide as its text, at most as wide as usual, on the side where it stood. */
export function widen(drawn: Drawn, texts: TextRenderer): void {
  const [name, box] = [drawn.bpmnElement?.name, drawn.label?.bounds];
  if (!name || !box) return;
  const style = texts.getExternalStyle();
  const measure = (width: number) => texts.getDimensions(name, { box: { width, height: 30 }, style } as never);
  const width = Math.max(box.width, Math.ceil(Math.min(measure(1000).width + 2, USUAL)));
  const height = Math.ceil(measure(width).height);
  const [left, right, top] = beside(drawn, box);
  if (left >= box.x + box.width) box.x -= width - box.width;
  else if (right > box.x) box.x -= (width - box.width) / 2;
  if (top >= box.y + box.height) box.y -= height - box.height;
  box.width = width;
  box.height = height;
}

/** Where the left, right and top of that lie which a label belongs to: its shape, or the part of the flow nearest to it. */
function beside(drawn: Drawn, box: Bounds): [left: number, right: number, top: number] {
  if (drawn.bounds) return [drawn.bounds.x, drawn.bounds.x + drawn.bounds.width, drawn.bounds.y];
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const points = drawn.waypoint ?? [];
  const parts = points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    const away = Math.max(left - middle.x, middle.x - right, 0) + Math.max(top - middle.y, middle.y - bottom, 0);
    return { away, sides: [left, right, top] as [number, number, number] };
  });
  parts.sort((one, other) => one.away - other.away);
  return parts[0]?.sides ?? [middle.x, middle.x, middle.y];
}

/** Lets a name whose longest word is wider than its shape be drawn smaller, rather than broken within the word. */
export function keepWordsWhole(texts: TextRenderer): void {
  const draw = texts.createText.bind(texts);
  texts.createText = (text, options) => draw(text, fitting(texts, text, options as Options) as never);
}

interface Options {
  box?: { width?: number };
  padding?: number;
  style?: { fontSize?: number };
}

function fitting(texts: TextRenderer, text: string, options: Options = {}): Options {
  const room = (options.box?.width ?? Infinity) - 2 * (options.padding ?? 0);
  const style = { ...texts.getDefaultStyle(), ...options.style };
  const longest = text.split(/[\s-]+/).reduce((one, other) => (other.length > one.length ? other : one), "");
  const { width } = texts.getDimensions(longest, { box: { width: 1000, height: 30 }, style } as never);
  if (width < room) return options;
  const fontSize = Math.max(SMALLEST, Math.floor((2 * style.fontSize * room) / width) / 2);
  return { ...options, style: { ...options.style, fontSize } };
}

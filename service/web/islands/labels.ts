// Labels that are not those which a diagram was drawn with: the boxes that its author drew fit his words, not others.
import type TextRenderer from "bpmn-js/lib/draw/TextRenderer";

const USUAL = 90; // the width at which bpmn-js breaks a label that nobody has drawn a box for
const MOST = 140; // the same, for a longer word
const EASE = 2;
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

/**
 * Gives a label outside its shape a box that fits its name, on the side of its shape or flow where it stood.
 * `mandat layout` keeps the room free that this takes at most in each language (service/engine/layout/widening.py).
 */
export function widen(drawn: Drawn, texts: TextRenderer): void {
  const [name, box] = [drawn.bpmnElement?.name, drawn.label?.bounds];
  if (!name || !box) return;
  const style = texts.getExternalStyle();
  const measure = (text: string, width: number) => texts.getDimensions(text, { box: { width, height: 30 }, style } as never);
  const word = measure(longest(name), 1000).width + EASE;
  const usual = Math.min(Math.max(USUAL, word), MOST);
  const most = Math.ceil(Math.max(box.width, Math.min(measure(name, 1000).width + EASE, usual)));
  const height = Math.ceil(measure(name, most).height);
  const snug = Math.ceil(measure(name, most).width + EASE);
  const width = measure(name, snug).height > height ? most : Math.min(snug, most);
  const at = anchor(drawn, box);
  if (box.x + box.width <= at.x) box.x -= width - box.width;
  else if (box.x < at.x) box.x -= (width - box.width) / 2;
  if (box.y + box.height <= at.y) box.y -= height - box.height;
  box.width = width;
  box.height = height;
}

interface Point {
  x: number;
  y: number;
}

/** What a label stays beside: the middle of its shape, or the nearest end of the part of its flow that is nearest to it. */
function anchor(drawn: Drawn, box: Bounds): Point {
  const middle = centre(box);
  if (drawn.bounds) return centre(drawn.bounds);
  const points = drawn.waypoint ?? [];
  const parts = points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    const across = Math.max(Math.min(from.x, to.x) - middle.x, middle.x - Math.max(from.x, to.x), 0);
    const down = Math.max(Math.min(from.y, to.y) - middle.y, middle.y - Math.max(from.y, to.y), 0);
    return { away: Math.hypot(across, down), ends: [from, to] };
  });
  const away = (end: Point) => Math.hypot(end.x - middle.x, end.y - middle.y);
  const ends = parts.sort((one, other) => one.away - other.away)[0]?.ends ?? [];
  return ends.sort((one, other) => away(one) - away(other))[0] ?? middle;
}

function centre(box: Bounds): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
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
  const { width } = texts.getDimensions(longest(text), { box: { width: 1000, height: 30 }, style } as never);
  if (width < room) return options;
  const fontSize = Math.max(SMALLEST, Math.floor((2 * style.fontSize * room) / width) / 2);
  return { ...options, style: { ...options.style, fontSize } };
}

function longest(text: string): string {
  return text.split(/[\s-]+/).reduce((one, other) => (other.length > one.length ? other : one), "");
}

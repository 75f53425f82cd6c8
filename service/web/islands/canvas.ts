// What the viewer and the editor have in common: the page's font and colours, the first view, buttons that move it.
import type Canvas from "diagram-js/lib/core/Canvas";
import type ZoomScroll from "diagram-js/lib/navigation/zoomscroll/ZoomScroll";

const BORDER = 24;
const STEP = 1.25;
const LEGIBLE = 0.75; // labels of 12 px are 9 px then; smaller they cannot be read
const GLIDE = 240; // ms
const FONT = '"Inter Variable", Arial, sans-serif';

/** How bpmn-js draws on our pages. */
export const LOOK = {
  textRenderer: { defaultStyle: { fontFamily: FONT }, externalStyle: { fontFamily: FONT } },
  bpmnRenderer: { defaultStrokeColor: "#5f6865", defaultLabelColor: "#292c30" },
};

/** Labels are measured while the diagram is drawn, so the font must be the page's own and there in time. */
export async function loadFont(): Promise<void> {
  await document.fonts.load(`12px ${FONT}`);
}

/** Shows the whole diagram, never larger than it was drawn. */
export function fit(canvas: Canvas): void {
  canvas.viewbox(part(canvas, whole(canvas)));
}

/** A place in a diagram. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The first view: the whole diagram where its labels can be read then, else the part with `places`, or its beginning. */
export function begin(canvas: Canvas, places: Box[] = []): void {
  const scale = Math.max(whole(canvas), LEGIBLE);
  const { outer } = canvas.viewbox();
  canvas.viewbox(part(canvas, scale, together(places, outer.width / scale, outer.height / scale)));
}

/** Moves the view to `places`, as large as it is, where it does not show them. */
export function follow(canvas: Canvas, places: Box[]): void {
  const { x, y, width, height, scale } = canvas.viewbox();
  const seek = together(places, width, height);
  if (!seek) return;
  const seen = seek.x >= x && seek.y >= y && seek.x + seek.width <= x + width && seek.y + seek.height <= y + height;
  if (!seen) glide(canvas, part(canvas, scale, seek));
}

/** The box around as many of the places, from the first on, as fit together into a view of that size. */
function together(places: Box[], width: number, height: number): Box | undefined {
  return places.reduce<Box | undefined>((box, place) => {
    if (!box) return place;
    const [x, y] = [Math.min(box.x, place.x), Math.min(box.y, place.y)];
    const [right, bottom] = [
      Math.max(box.x + box.width, place.x + place.width),
      Math.max(box.y + box.height, place.y + place.height),
    ];
    const fits = right - x + 2 * BORDER <= width && bottom - y + 2 * BORDER <= height;
    return fits ? { x, y, width: right - x, height: bottom - y } : box;
  }, undefined);
}

const gliding = new WeakMap<Canvas, number>();

/** Moves the view there, at once for a reader who wants no motion. */
function glide(canvas: Canvas, to: Box): void {
  const from = canvas.viewbox();
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const began = performance.now();
  gliding.set(canvas, began);
  const step = (now: number) => {
    if (gliding.get(canvas) !== began) return; // it goes somewhere else by now
    const share = still ? 1 : Math.min((now - began) / GLIDE, 1);
    const eased = share * (2 - share);
    canvas.viewbox({ ...to, x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased });
    if (share < 1) requestAnimationFrame(step);
  };
  step(began);
}

function whole(canvas: Canvas): number {
  const { inner, outer } = canvas.viewbox();
  return Math.min(1, outer.width / (inner.width + 2 * BORDER), outer.height / (inner.height + 2 * BORDER));
}

/** The part of a diagram that is seen at a scale: its middle, or with the middle of `at` in it where that is more. */
function part(canvas: Canvas, scale: number, at?: Box): Box {
  const { inner, outer } = canvas.viewbox();
  const [width, height] = [outer.width / scale, outer.height / scale];
  const along = (start: number, length: number, room: number, wanted?: number) => {
    if (length + 2 * BORDER <= room) return start - (room - length) / 2;
    const first = wanted === undefined ? start - BORDER : wanted - room / 2;
    return Math.min(Math.max(first, start - BORDER), start + length + BORDER - room);
  };
  const x = along(inner.x, inner.width, width, at && at.x + at.width / 2);
  const y = along(inner.y, inner.height, height, at && at.y + at.height / 2);
  return { x, y, width, height };
}

/** Buttons with data-zoom="in", "out" or "fit" inside `host` move the view, until the signal. */
export function wireZoom(host: HTMLElement, canvas: Canvas, until?: AbortSignal): void {
  const move = (event: Event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-zoom]");
    if (button?.dataset["zoom"] === "fit") fit(canvas);
    else if (button) canvas.zoom(canvas.zoom() * (button.dataset["zoom"] === "in" ? STEP : 1 / STEP));
  };
  host.addEventListener("click", move, until ? { signal: until } : {});
}

/** A reader who scrolls past must not be caught by the drawing: the wheel belongs to it only while it has the focus. */
export function zoomOnlyWhenEntered(box: HTMLElement, zoomScroll: ZoomScroll): void {
  zoomScroll.toggle(false);
  box.addEventListener("focusin", () => zoomScroll.toggle(true));
  box.addEventListener("focusout", () => zoomScroll.toggle(false));
}

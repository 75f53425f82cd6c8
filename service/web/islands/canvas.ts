// What the viewer and the editor have in common: the page's font and colours, the first view, buttons that move it.
import type Canvas from "diagram-js/lib/core/Canvas";
import type ZoomScroll from "diagram-js/lib/navigation/zoomscroll/ZoomScroll";

const BORDER = 24;
const STEP = 1.25;
const LEGIBLE = 0.7; // below this scale labels of 12 px cannot be read
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
  show(canvas, whole(canvas));
}

/** The first view: the whole diagram where its labels can be read then, else a part of it, from `at` or its beginning. */
export function begin(canvas: Canvas, at?: { x: number; y: number }): void {
  const scale = whole(canvas);
  show(canvas, Math.max(scale, LEGIBLE), scale < LEGIBLE ? at : undefined);
}

function whole(canvas: Canvas): number {
  const { inner, outer } = canvas.viewbox();
  return Math.min(1, outer.width / (inner.width + 2 * BORDER), outer.height / (inner.height + 2 * BORDER));
}

function show(canvas: Canvas, scale: number, at?: { x: number; y: number }): void {
  const { inner, outer } = canvas.viewbox();
  const [width, height] = [outer.width / scale, outer.height / scale];
  const along = (start: number, length: number, room: number, wanted?: number) => {
    if (length + 2 * BORDER <= room) return start - (room - length) / 2;
    const first = wanted === undefined ? start - BORDER : wanted - room / 2;
    return Math.min(Math.max(first, start - BORDER), start + length + BORDER - room);
  };
  const x = along(inner.x, inner.width, width, at?.x);
  const y = along(inner.y, inner.height, height, at?.y);
  canvas.viewbox({ x, y, width, height });
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

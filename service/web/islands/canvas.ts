// What the viewer and the editor have in common: the page's font, the first view, and buttons that move it.
import type Canvas from "diagram-js/lib/core/Canvas";
import type ZoomScroll from "diagram-js/lib/navigation/zoomscroll/ZoomScroll";

const BORDER = 24;
const STEP = 1.25;
const FONT = '"Inter Variable", Arial, sans-serif';

export const FONTS = { defaultStyle: { fontFamily: FONT }, externalStyle: { fontFamily: FONT } };

/** Labels are measured while the diagram is drawn, so the font must be the page's own and there in time. */
export async function loadFont(): Promise<void> {
  await document.fonts.load(`12px ${FONT}`);
}

/** Shows the whole diagram, never larger than it was drawn. */
export function fit(canvas: Canvas): void {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, outer.width / (inner.width + 2 * BORDER), outer.height / (inner.height + 2 * BORDER));
  const [width, height] = [outer.width / scale, outer.height / scale];
  const x = inner.x - (width - inner.width) / 2;
  const y = inner.y - (height - inner.height) / 2;
  canvas.viewbox({ x, y, width, height });
}

/** Buttons with data-zoom="in", "out" or "fit" inside `host` move the view. */
export function wireZoom(host: HTMLElement, canvas: Canvas): void {
  host.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-zoom]");
    if (button?.dataset["zoom"] === "fit") fit(canvas);
    else if (button) canvas.zoom(canvas.zoom() * (button.dataset["zoom"] === "in" ? STEP : 1 / STEP));
  });
}

/** A reader who scrolls past must not be caught by the drawing: the wheel belongs to it only while it has the focus. */
export function zoomOnlyWhenEntered(box: HTMLElement, zoomScroll: ZoomScroll): void {
  zoomScroll.toggle(false);
  box.addEventListener("focusin", () => zoomScroll.toggle(true));
  box.addEventListener("focusout", () => zoomScroll.toggle(false));
}

// A diagram with the places where a case has been and stands. Read only; the text twin beside it says the same.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type Canvas from "diagram-js/lib/core/Canvas";
import type ElementRegistry from "diagram-js/lib/core/ElementRegistry";
import type Overlays from "diagram-js/lib/features/overlays/Overlays";
import type ZoomScroll from "diagram-js/lib/navigation/zoomscroll/ZoomScroll";

/** What the page hands over; ids are those of elements in the diagram, and unknown ones are left out. */
interface ViewerProps {
  /** Address of the diagram's XML, on this service. */
  diagram: string;
  /** Activities and flows that the case has been through. */
  done?: string[];
  /** Activities where it stands. */
  now?: string[];
  /** How many tokens stand on an activity. */
  tokens?: Record<string, number>;
  /** Said in place of the drawing when it cannot be had, in the language of the page. */
  failed: string;
}

const BORDER = 24;
// Labels are measured while the diagram is drawn, so the font must be the page's own and there in time.
const FONT = '"Inter Variable", Arial, sans-serif';

export async function mount(host: HTMLElement, props: unknown): Promise<void> {
  const { diagram, failed, ...marks } = props as ViewerProps;
  const box = host.querySelector<HTMLElement>(".m-diagram");
  if (!box) return;
  try {
    await draw(box, await fetchDiagram(diagram), marks);
    box.dataset["state"] = "drawn";
  } catch (error) {
    console.warn("diagram not drawn:", error);
    box.textContent = failed;
    box.dataset["state"] = "failed";
  }
}

async function fetchDiagram(address: string): Promise<string> {
  const response = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/xml" } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.text();
}

async function draw(box: HTMLElement, xml: string, marks: Omit<ViewerProps, "diagram" | "failed">): Promise<void> {
  await document.fonts.load(`12px ${FONT}`);
  const textRenderer = { defaultStyle: { fontFamily: FONT }, externalStyle: { fontFamily: FONT } };
  const viewer = new NavigatedViewer({ container: box, textRenderer });
  try {
    await viewer.importXML(xml);
  } catch (error) {
    viewer.destroy();
    throw error;
  }
  const registry = viewer.get<ElementRegistry>("elementRegistry");
  const canvas = viewer.get<Canvas>("canvas");
  const overlays = viewer.get<Overlays>("overlays");

  const known = (ids: string[] = []) => ids.filter((id) => registry.get(id));
  for (const id of known(marks.done)) canvas.addMarker(id, "m-done");
  for (const id of known(marks.now)) canvas.addMarker(id, "m-now");
  for (const id of known(Object.keys(marks.tokens ?? {}))) {
    overlays.add(id, "tokens", { position: { top: -10, right: 10 }, html: token(marks.tokens?.[id] ?? 0) });
  }
  fit(canvas);
  zoomOnlyWhenEntered(box, viewer.get<ZoomScroll>("zoomScroll"));
}

function token(count: number): HTMLElement {
  const dot = document.createElement("span");
  dot.className = "m-token";
  dot.textContent = String(count);
  return dot;
}

/** Shows the whole diagram, never larger than it was drawn. */
function fit(canvas: Canvas): void {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, outer.width / (inner.width + 2 * BORDER), outer.height / (inner.height + 2 * BORDER));
  const [width, height] = [outer.width / scale, outer.height / scale];
  const x = inner.x - (width - inner.width) / 2;
  const y = inner.y - (height - inner.height) / 2;
  canvas.viewbox({ x, y, width, height });
}

/** A reader who scrolls past must not be caught by the drawing: the wheel belongs to it only while it has the focus. */
function zoomOnlyWhenEntered(box: HTMLElement, zoomScroll: ZoomScroll): void {
  zoomScroll.toggle(false);
  box.addEventListener("focusin", () => zoomScroll.toggle(true));
  box.addEventListener("focusout", () => zoomScroll.toggle(false));
}

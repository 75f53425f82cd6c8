// A diagram with the places where a case has been and stands. Read only; the text twin beside it says the same.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type Canvas from "diagram-js/lib/core/Canvas";
import type ElementRegistry from "diagram-js/lib/core/ElementRegistry";
import type EventBus from "diagram-js/lib/core/EventBus";
import type TextRenderer from "bpmn-js/lib/draw/TextRenderer";
import type Overlays from "diagram-js/lib/features/overlays/Overlays";
import type ZoomScroll from "diagram-js/lib/navigation/zoomscroll/ZoomScroll";
import { begin, follow, loadFont, LOOK, wireZoom, zoomOnlyWhenEntered, type Box } from "./canvas";
import { keepWordsWhole, widen, type Drawn } from "./labels";

/** What is marked on a diagram. Ids are those of its elements; unknown ones are left out. */
export interface Marks {
  /** Activities and flows that the case has been through. */
  done?: string[];
  /** Activities where it stands. */
  now?: string[];
  /** Activities that were called off. */
  cancelled?: string[];
  /** How many tokens stand on an activity. */
  tokens?: Record<string, number>;
  /** What the page is about just now. */
  selected?: string[];
  /** How much of something there was at an element: from 1, a little, to 5. */
  heat?: Record<string, number>;
  /** What is written at an element: a figure, a word. */
  notes?: Record<string, string>;
}

/** What the page hands over. */
export interface ViewerProps extends Marks {
  /** Address of the diagram's XML, on this service. */
  diagram: string;
  /** Labels in the reader's language, by the element's id; others are as drawn. */
  labels?: Record<string, string>;
  /** Said in place of the drawing when it cannot be had, in the language of the page. */
  failed: string;
}

const MARKERS = { done: "m-done", now: "m-now", cancelled: "m-gone", selected: "m-chosen" } as const;

export async function mount(host: HTMLElement, props: unknown): Promise<void> {
  await view(host, props as ViewerProps);
}

/** Draws the diagram into the box inside `host`; gives what can be marked anew, or nothing where it could not be drawn. */
export async function view(host: HTMLElement, props: ViewerProps): Promise<View | undefined> {
  const box = host.querySelector<HTMLElement>(".m-diagram");
  if (!box) return undefined;
  try {
    const viewer = await drawn(box, await fetchDiagram(props.diagram), props.labels ?? {});
    const shown = new View(viewer);
    shown.mark(props);
    begin(viewer.get<Canvas>("canvas"), shown.places(props));
    wireZoom(host, viewer.get<Canvas>("canvas"), shown.gone);
    zoomOnlyWhenEntered(box, viewer.get<ZoomScroll>("zoomScroll"));
    box.dataset["state"] = "drawn";
    return shown;
  } catch (error) {
    console.warn("diagram not drawn:", error);
    box.textContent = props.failed;
    box.dataset["state"] = "failed";
    return undefined;
  }
}

async function fetchDiagram(address: string): Promise<string> {
  const response = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/xml" } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.text();
}

/** Draws a diagram into a box, with the labels that are not its own. */
export async function drawn(box: HTMLElement, xml: string, labels: Record<string, string>): Promise<NavigatedViewer> {
  await loadFont();
  const viewer = new NavigatedViewer({ container: box, ...LOOK });
  const texts = viewer.get<TextRenderer>("textRenderer");
  keepWordsWhole(texts);
  viewer.get<EventBus>("eventBus").on("import.parse.complete", ({ elementsById = {}, definitions }: Parsed) => {
    for (const element of Object.values(elementsById)) {
      const label = labels[element.processRef?.id ?? element.id]; // a pool is called as its process is
      if (label) element.name = label;
    }
    const drawn = definitions?.diagrams?.flatMap((it) => it.plane?.planeElement ?? []) ?? [];
    for (const it of drawn) if (labels[it.bpmnElement?.id ?? ""]) widen(it, texts);
  });
  try {
    await viewer.importXML(xml);
  } catch (error) {
    viewer.destroy();
    throw error;
  }
  return viewer;
}

interface Parsed {
  elementsById?: Record<string, { id: string; name?: string; processRef?: { id: string } }>;
  definitions?: { diagrams?: { plane?: { planeElement?: Drawn[] } }[] };
}

/** A drawn diagram whose marks can change. */
export class View {
  private readonly marked: [string, string][] = [];
  private readonly end = new AbortController();

  constructor(private readonly viewer: NavigatedViewer) {}

  /** Told when the drawing is taken away. */
  get gone(): AbortSignal {
    return this.end.signal;
  }

  /** Takes the drawing away. */
  destroy(): void {
    this.end.abort();
    this.viewer.destroy();
  }

  /** Replaces every mark. */
  mark(marks: Marks): void {
    const canvas = this.viewer.get<Canvas>("canvas");
    const overlays = this.viewer.get<Overlays>("overlays");
    for (const [id, marker] of this.marked.splice(0)) canvas.removeMarker(id, marker);
    for (const type of ["tokens", "notes"]) overlays.remove({ type });
    for (const [kind, marker] of Object.entries(MARKERS)) {
      for (const id of this.known(marks[kind as keyof typeof MARKERS])) {
        canvas.addMarker(id, marker);
        this.marked.push([id, marker]);
      }
    }
    for (const id of this.known(Object.keys(marks.heat ?? {}))) {
      const marker = `m-heat-${marks.heat?.[id]}`;
      canvas.addMarker(id, marker);
      this.marked.push([id, marker]);
    }
    for (const id of this.known(Object.keys(marks.notes ?? {}))) {
      overlays.add(id, "notes", { position: { bottom: 9, left: -6 }, html: badge("m-figure", marks.notes?.[id] ?? "") });
    }
    for (const id of this.known(Object.keys(marks.tokens ?? {}))) {
      overlays.add(id, "tokens", { position: { top: -10, right: 10 }, html: badge("m-token", String(marks.tokens?.[id] ?? 0)) });
    }
  }

  /** Moves the view to what the marks are about, where it cannot be seen. */
  reveal(marks: Marks): void {
    follow(this.viewer.get<Canvas>("canvas"), this.places(marks));
  }

  /** What the marks are about, the most important first: where the case stands, and what is selected. */
  places(marks: Marks): Box[] {
    const registry = this.viewer.get<ElementRegistry>("elementRegistry");
    const shapes = this.known([...(marks.now ?? []), ...(marks.selected ?? [])]).map((id) => registry.get(id));
    return shapes.filter((shape) => shape !== undefined && "x" in shape) as unknown as Box[];
  }

  private known(ids: string[] = []): string[] {
    const registry = this.viewer.get<ElementRegistry>("elementRegistry");
    return ids.filter((id) => registry.get(id));
  }
}

function badge(name: string, text: string): HTMLElement {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}

// What the checks found: a numbered mark on each shape, and the list beside, which the server draws.
import { make } from "./dom";
import type { Bo, Drawing } from "./modeler";

export interface Finding {
  level: "error" | "warning";
  element: string | null;
  trace: string[];
}

const MARK = { error: "m-fault", warning: "m-doubt" };

/** Shows findings on the drawing, and leads between the list and the shapes. */
export class Problems {
  private readonly marked: [string, string][] = [];

  constructor(
    private readonly list: HTMLElement,
    private readonly drawing: Drawing,
  ) {
    list.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLElement>("[data-shows]");
      if (!link) return;
      this.select(link.dataset["shows"] ?? "");
      this.drawing.canvas.getContainer().scrollIntoView({ block: "nearest" });
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "F8" || event.defaultPrevented) return;
      event.preventDefault();
      this.next(event.shiftKey ? -1 : 1);
    });
  }

  /** Replaces the marks. The list holds one `[data-problem]` for each finding, in the same order. */
  show(findings: Finding[]): void {
    const { canvas, overlays, registry } = this.drawing;
    overlays.remove({ type: "problem" });
    for (const [id, mark] of this.marked.splice(0)) if (registry.get(id)) canvas.removeMarker(id, mark);
    const numbers = new Map<string, { level: Finding["level"]; numbers: number[] }>();
    findings.forEach(({ level, element, trace }, index) => {
      if (!element || !this.isDrawn(element)) return;
      const known = numbers.get(element) ?? { level, numbers: [] };
      known.numbers.push(index + 1);
      if (level === "error") known.level = "error";
      numbers.set(element, known);
      this.mark(element, MARK[level]);
      for (const step of trace) if (this.isDrawn(step)) this.mark(step, "m-trail");
    });
    for (const [id, found] of numbers) {
      const flag = make("span", { class: "m-flag", "data-l": found.level }, found.numbers.join(", "));
      overlays.add(id, "problem", { position: place(registry.get(id) as unknown as Bo), html: flag });
    }
  }

  /** Goes to the problem after (or before) the one that has the focus. */
  next(step: number): void {
    const all = [...this.list.querySelectorAll<HTMLElement>("[data-problem]")];
    if (!all.length) return;
    const at = all.findIndex((problem) => problem.contains(document.activeElement));
    const problem = all[(at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step + all.length) % all.length];
    problem?.focus({ preventScroll: true });
    problem?.scrollIntoView({ block: "nearest" });
    this.select(problem?.dataset["problem"] ?? "");
  }

  private select(id: string): void {
    const { canvas, registry, selection } = this.drawing;
    const element = registry.get(id);
    if (!element || !this.isDrawn(id)) {
      selection.select([]);
      return;
    }
    canvas.scrollToElement(element as never);
    selection.select([element]);
  }

  private isDrawn(id: string): boolean {
    return Boolean(this.drawing.registry.get(id)?.parent);
  }

  private mark(id: string, name: string): void {
    this.drawing.canvas.addMarker(id, name);
    this.marked.push([id, name]);
  }
}

/** Where a mark sits: at a shape's corner, on the middle of a flow. */
function place(element: Bo): { top: number; left?: number; right?: number } {
  const points: { x: number; y: number }[] | undefined = element["waypoints"];
  if (!points) return { top: -12, right: 12 };
  const at = Math.floor((points.length - 1) / 2);
  const [from, to] = [points[at], points[at + 1]];
  if (!from || !to) return { top: -12, right: 12 };
  const edge = (axis: "x" | "y") => Math.min(...points.map((point) => point[axis]));
  return { top: (from.y + to.y) / 2 - edge("y") - 12, left: (from.x + to.x) / 2 - edge("x") - 12 };
}

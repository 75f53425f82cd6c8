// The steps of a case in a dossier, opened from a disk: the drawing beside the text, as it stood after the step chosen.
// All of it is in the page; nothing is fetched. Without script the text remains, which says the same.
import type Canvas from "diagram-js/lib/core/Canvas";
import { begin, wireZoom } from "./canvas";
import { busy, PAUSE } from "./stepping";
import { drawn, View, type Marks } from "./viewer";

interface Drawing {
  xml: string;
  labels: Record<string, string>;
  /** What the shots name by number. */
  ids: string[];
  /** What the page says of the drawing. */
  name: string;
}

interface Shot {
  drawing: number;
  done: number[];
  gone: number[];
  now: [number, number][];
  chosen: number[];
}

interface Data {
  drawings: Drawing[];
  /** For each step what is marked on which drawing; null where there is none. */
  shots: (Shot | null)[];
  /** Said where there is no drawing, and where one cannot be drawn. */
  none: string;
  failed: string;
}

const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}") as Data;
const host = document.getElementById("viewer") as HTMLElement;
const box = host.querySelector<HTMLElement>(".m-diagram") as HTMLElement;
const caption = document.getElementById("caption") as HTMLElement;
const slider = document.getElementById("slider") as HTMLInputElement;

let view: View | undefined;
let shown = -1;
let asked = 0;

const chosen = () => Math.min(Math.max(Number(/^#s(\d+)$/.exec(location.hash)?.[1] ?? 1), 1), data.shots.length);

function marks(shot: Shot, ids: string[]): Marks {
  const named = (numbers: number[]) => numbers.map((it) => ids[it] ?? "");
  return {
    done: named(shot.done),
    cancelled: named(shot.gone),
    now: named(shot.now.map(([it]) => it)),
    selected: named(shot.chosen),
    tokens: Object.fromEntries(shot.now.map(([it, count]) => [ids[it] ?? "", count])),
  };
}

async function show(): Promise<void> {
  const [step, number] = [chosen(), ++asked];
  for (const it of document.querySelectorAll<HTMLElement>("#steps li")) {
    if (it.id === `s${step}`) it.setAttribute("aria-current", "step");
    else it.removeAttribute("aria-current");
  }
  slider.value = String(step);
  slider.setAttribute("aria-valuetext", document.querySelector(`#s${step} h3`)?.textContent ?? "");
  document.querySelector(`#s${step}`)?.scrollIntoView({ block: "nearest" });
  const shot = data.shots[step - 1];
  const drawing = shot ? data.drawings[shot.drawing] : undefined;
  caption.textContent = drawing?.name ?? data.none;
  if (!shot || !drawing) {
    view?.destroy();
    view = undefined;
    shown = -1;
    return;
  }
  if (shown !== shot.drawing) {
    view?.destroy();
    box.replaceChildren();
    shown = shot.drawing;
    try {
      const made = await drawn(box, drawing.xml, drawing.labels);
      if (number !== asked) return made.destroy();
      view = new View(made);
      begin(made.get<Canvas>("canvas"), view.places(marks(shot, drawing.ids)));
      wireZoom(host, made.get<Canvas>("canvas"), view.gone);
    } catch (error) {
      console.warn("diagram not drawn:", error);
      view = undefined;
      caption.textContent = data.failed;
    }
  }
  view?.mark(marks(shot, drawing.ids));
  view?.reveal(marks(shot, drawing.ids));
  box.dataset["state"] = view ? "drawn" : "failed";
}

const decisions = [...document.querySelectorAll<HTMLElement>("#steps > li[data-decides]")].map((it) => Number(it.id.slice(1)));
const button = host.querySelector<HTMLElement>("[data-go=play]");
let playing: number | undefined;

/** Goes to a step, where there is one. */
function go(step: number | undefined): void {
  if (step !== undefined && step >= 1 && step <= data.shots.length) location.hash = `s${step}`;
}

/** The step that a way leads to. */
function place(way: string): number | undefined {
  const here = chosen();
  const ways: Record<string, () => number | undefined> = {
    previous: () => here - 1,
    next: () => here + 1,
    first: () => 1,
    last: () => data.shots.length,
    "previous-decision": () => decisions.filter((it) => it < here).at(-1),
    "next-decision": () => decisions.find((it) => it > here),
  };
  return ways[way]?.();
}

function stop(): void {
  window.clearInterval(playing);
  playing = undefined;
  button?.setAttribute("aria-pressed", "false");
}

function play(): void {
  if (playing !== undefined) return stop();
  button?.setAttribute("aria-pressed", "true");
  playing = window.setInterval(() => {
    if (chosen() === data.shots.length) return stop();
    go(chosen() + 1);
  }, PAUSE);
}

host.addEventListener("click", (event) => {
  const way = (event.target as Element).closest<HTMLElement>("[data-go]")?.dataset["go"];
  if (way === "play") return play();
  if (!way) return;
  stop();
  go(place(way));
});
slider.addEventListener("input", () => {
  stop();
  go(Number(slider.value));
});
document.addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  if (busy(target, event)) return;
  const way = { ArrowLeft: "previous", ArrowRight: "next", Home: "first", End: "last" }[event.key];
  if (event.key === " " && !target.closest("button, a, summary")) play();
  else if (way) {
    stop();
    go(place(event.shiftKey && event.key.startsWith("Arrow") ? `${way}-decision` : way));
  } else return;
  event.preventDefault();
});
window.addEventListener("hashchange", () => void show());
void show();

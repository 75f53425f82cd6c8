// Steps through a case. Every step has an address and a page of its own; with script only the marks and the words change.
import { busy, PAUSE } from "./stepping";
import { view, type View, type ViewerProps } from "./viewer";

/** Ids of what a step replaces: everything but the drawing, which stays where the reader has moved it. */
const PARTS = "[data-replay]";

export async function mount(host: HTMLElement, given: unknown): Promise<void> {
  let props = given as ViewerProps;
  let shown: View | undefined = await view(host, props);
  let playing: number | undefined;
  let asking = new AbortController();
  showRow();

  const link = (name: string) => host.querySelector<HTMLAnchorElement>(`a[data-go="${name}"]`);

  /** The stages that the reader has opened stay open. */
  const folds = (state: string) => [...host.querySelectorAll<HTMLDetailsElement>(`details[data-fold]${state}`)];

  /** Shows the step at that address, and keeps the address: as a step of its own to come back to, unless it is one already. */
  async function go(address: string, keep: "push" | "replace" = "push"): Promise<boolean> {
    asking.abort(); // the reader has gone on
    const { signal } = (asking = new AbortController());
    const response = await fetch(address, { headers: { Accept: "text/html" }, signal }).catch(() => null);
    if (!response) return false; // no network, the page is being left, or it was too late
    if (!response.ok) {
      window.location.assign(address);
      return false;
    }
    const text = await response.text().catch(() => "");
    if (signal.aborted || !text) return false;
    const page = new DOMParser().parseFromString(text, "text/html");
    await take(page);
    const there = new URL(address, window.location.href).href;
    window.history[keep === "push" && there !== window.location.href ? "pushState" : "replaceState"](null, "", there);
    return true;
  }

  async function take(page: Document): Promise<void> {
    const focused = document.activeElement;
    const key = focused instanceof HTMLElement ? (focused.dataset["go"] ?? focused.id) : "";
    const unfolded = folds("[open]").map((fold) => fold.dataset["fold"]);
    for (const part of host.querySelectorAll<HTMLElement>(PARTS)) {
      const fresh = page.querySelector(`[data-replay="${part.dataset["replay"]}"]`);
      if (fresh) part.replaceChildren(...document.importNode(fresh, true).childNodes);
    }
    for (const fold of folds("")) fold.open ||= unfolded.includes(fold.dataset["fold"]);
    const again = key ? host.querySelector<HTMLElement>(`[data-go="${CSS.escape(key)}"], #${CSS.escape(key)}`) : null;
    again?.focus({ preventScroll: true });
    showRow();
    const text = page.querySelector('[data-island="replay"] > script[type="application/json"]')?.textContent;
    const next = JSON.parse(text ?? "{}") as ViewerProps;
    if (next.diagram === props.diagram) {
      shown?.mark(next);
      shown?.reveal(next);
    } else {
      shown?.destroy();
      host.querySelector(".m-diagram")?.replaceChildren();
      shown = await view(host, next);
    }
    props = next;
    window.dispatchEvent(new CustomEvent("mandat:step"));
  }

  /** Brings the row of the step at hand into its list. The page stays where it is: the drawing is what is looked at. */
  function showRow(): void {
    const list = host.querySelector<HTMLElement>("#list");
    const row = list?.querySelector("tr[aria-current]");
    if (!list || !row) return;
    const [around, one] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
    list.scrollTop += one.top + one.height / 2 - around.top - list.clientHeight / 2;
  }

  function stop(): void {
    window.clearInterval(playing);
    playing = undefined;
    host.querySelector("[data-go=play]")?.setAttribute("aria-pressed", "false");
  }

  function play(): void {
    if (playing !== undefined) return stop();
    host.querySelector("[data-go=play]")?.setAttribute("aria-pressed", "true");
    let began = false;
    playing = window.setInterval(() => {
      const next = link("next");
      if (!next) return stop();
      const again = playing; // what plays by itself is one way back, to where it began
      void go(next.href, began ? "replace" : "push").then(() => {
        if (playing === again) host.querySelector("[data-go=play]")?.setAttribute("aria-pressed", "true");
      });
      began = true;
    }, PAUSE);
  }

  host.addEventListener("click", (event) => {
    const target = (event.target as Element).closest<HTMLElement>("[data-go]");
    if (!target || event.ctrlKey || event.metaKey) return;
    if (target.dataset["go"] === "play") return play();
    if (!(target instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    stop();
    void go(target.href);
  });
  host.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (input.type !== "range" || !input.form) return;
    stop();
    const query = new URLSearchParams(new FormData(input.form) as unknown as Record<string, string>);
    void go(`${window.location.pathname}?${query}`);
  });
  window.addEventListener("popstate", () => {
    stop();
    void go(window.location.href, "replace");
  });
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (busy(target, event)) return;
    const way = { ArrowLeft: "previous", ArrowRight: "next", Home: "first", End: "last" }[event.key];
    if (event.key === " " && !target.closest("button, a, summary")) play();
    else if (way) {
      const next = link(event.shiftKey && event.key.startsWith("Arrow") ? `${way}-decision` : way);
      if (!next) return;
      stop();
      void go(next.href);
    } else return;
    event.preventDefault();
  });
}

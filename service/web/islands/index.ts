// What every page loads: htmx, menus, keys, conditions in forms, and the islands that the page holds.
//
// An island is an element with data-island="<name>" and, as a child, a <script type="application/json"> with its
// properties. Everything else inside it stays: that is what a reader without JavaScript gets.
import "htmx.org";
import { updateConditionals } from "./forms";
import "./inbox";
import "./menus";
import "./keys";

interface Island {
  mount(host: HTMLElement, props: unknown): Promise<void>;
}

const islands: Record<string, () => Promise<Island>> = {
  viewer: () => import("./viewer"),
  editor: () => import("./editor"),
  replay: () => import("./replay"),
};

async function mount(host: HTMLElement): Promise<void> {
  const load = islands[host.dataset["island"] ?? ""];
  if (!load || host.dataset["mounted"] !== undefined) return;
  host.dataset["mounted"] = "";
  const props = host.querySelector(':scope > script[type="application/json"]')?.textContent ?? "{}";
  await (await load()).mount(host, JSON.parse(props));
}

function mountAll(): void {
  for (const host of document.querySelectorAll<HTMLElement>("[data-island]")) {
    mount(host).catch((error: unknown) => console.warn("island not mounted:", error)); // the page is being left, say
  }
}

mountAll(); // a module runs after the document was parsed
document.addEventListener("htmx:after:swap", () => {
  mountAll();
  updateConditionals();
});

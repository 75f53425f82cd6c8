// The keys of the product. An element says which key presses it: data-key="t", "g i" (one after the other),
// "Control+Enter", "Escape". J and K go through the rows that carry data-task, Enter opens the one that has the focus.
// Keys of a single letter do nothing in fields, and can be switched off (WCAG 2.1.4).
const OFF = "mandat.keys";
const PAUSE = 1000; // ms within which the second key of a pair is expected

let first = "";
let pressed = 0;

const letters = () => localStorage.getItem(OFF) !== "off";

const WRITTEN = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

function writes(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(WRITTEN) !== null;
}

function press(name: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>("[data-key]")].find(
    (element) => element.dataset["key"] === name && element.checkVisibility(),
  );
  if (!found) return false;
  const row = document.activeElement?.closest<HTMLElement>("[data-task]");
  if (row && !row.hasAttribute("aria-current") && found.closest("#beside")) {
    row.click(); // what is shown beside the list is not what she stands on: first she sees what she is about to do
  } else if (found instanceof HTMLInputElement) {
    found.focus();
    found.select();
  } else found.click(); // the focus stays where it is, or goes where what was pressed puts it
  return true;
}

function walk(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-task]")];
  const here = rows.findIndex((row) => row === document.activeElement || row.hasAttribute("aria-current"));
  const focused = rows.indexOf(document.activeElement as HTMLElement);
  const from = focused >= 0 ? focused : here;
  const next = rows[from < 0 ? (step > 0 ? 0 : rows.length - 1) : from + step];
  next?.focus();
  return next !== undefined;
}

function act(event: KeyboardEvent): boolean {
  if (event.key === "Escape") {
    return !writes(event.target) && !document.querySelector(":popover-open, details.m-menu[open]") && press("Escape");
  }
  if (event.ctrlKey || event.metaKey) return press(`Control+${event.key}`);
  if (event.altKey || event.key.length !== 1 || writes(event.target) || !letters()) return false;
  const key = event.key.toLowerCase();
  const second = event.timeStamp - pressed < PAUSE ? first : "";
  [first, pressed] = [key, event.timeStamp];
  if (second && press(`${second} ${key}`)) return true;
  if (key === "j") return walk(1);
  if (key === "k") return walk(-1);
  return press(key);
}

document.addEventListener("keydown", (event) => {
  if (!event.defaultPrevented && !event.isComposing && act(event)) event.preventDefault();
});

const control = document.querySelector<HTMLInputElement>("[data-keys-switch]");
if (control) {
  control.checked = letters();
  control.addEventListener("change", () => localStorage.setItem(OFF, control.checked ? "on" : "off"));
}

export {};

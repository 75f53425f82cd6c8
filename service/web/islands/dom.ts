// Making elements without markup in text, which the page's policy would not mind but a reader of this code would.

type Child = Node | string;

/** An element with attributes (`true` sets an empty one, `false` and undefined none) and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** The part of a page that `data-<name>="<value>"` marks. Throws where the page has none: then page and code differ. */
export function part(host: Element, name: string, value: string): HTMLElement {
  const found = host.querySelector<HTMLElement>(`[data-${name}="${value}"]`);
  if (!found) throw new Error(`the page has no data-${name}="${value}"`);
  return found;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Tells `heard` of each change of a control, with the one that changed: after a `renew` it may be an older one. */
export function onChange<C extends Control>(control: C, heard: (changed: C) => void): void {
  control.onchange = (event) => heard(event.currentTarget as C);
}

/**
 * Puts `fresh` in the place of what `host` holds, but for the control that has the focus: where `fresh` has it again (by
 * its id), the old one stays in the page and becomes like the new one. A list that leaves the page, even for a moment,
 * forgets which letters were typed into it, so that each would begin a new search.
 */
export function renew(host: Element, ...fresh: Element[]): void {
  const held = host.contains(document.activeElement) ? document.activeElement : null;
  const same = held?.id ? `#${CSS.escape(held.id)}` : "";
  const kept = same ? [...host.children].find((child) => child.contains(held)) : undefined;
  const like = kept && fresh.find((child) => child.matches(same) || child.querySelector(same));
  if (!kept || kept.tagName !== like?.tagName) {
    host.replaceChildren(...fresh);
    if (same) host.querySelector<HTMLElement>(same)?.focus();
    return;
  }
  for (const child of [...host.childNodes]) if (child !== kept) child.remove();
  kept.before(...fresh.slice(0, fresh.indexOf(like)));
  kept.after(...fresh.slice(fresh.indexOf(like) + 1));
  if (kept !== held) renew(kept, ...like.children);
  else become(held as Control, like as Control);
}

function become(old: Control, fresh: Control): void {
  const { value } = fresh;
  if (old instanceof HTMLSelectElement && fresh instanceof HTMLSelectElement && offered(old) !== offered(fresh)) {
    old.replaceChildren(...fresh.options);
  }
  if (old instanceof HTMLInputElement && fresh instanceof HTMLInputElement) old.checked = fresh.checked;
  if (old.value !== value) old.value = value;
  old.onchange = fresh.onchange;
}

function offered(list: HTMLSelectElement): string {
  return [...list.options].map((option) => `${option.value} ${option.text}`).join("\n");
}

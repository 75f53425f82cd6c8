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

// The properties of what is selected, as an ordinary form: each change is one step that Ctrl+Z takes back.
import { make, onChange, renew } from "./dom";
import { kindOf, placeOf, type Field, type Offers, type Option, type Section } from "./field";
import type { Drawing, Shape } from "./modeler";
import { elementsOf } from "./elements";
import { sectionsOf } from "./sections";

type Words = Record<string, string>;

/** Draws the panel into `host`, and again whenever the selection or the diagram changes. */
export function showPanel(host: HTMLElement, drawing: Drawing, offers: Offers, words: Words): void {
  const word = (key: string) => words[key] ?? key;
  const open = new Map<string, boolean>();
  let writing = false;

  const shown = (): Shape => {
    const selected = drawing.selection.get() as Shape[];
    return (selected.length === 1 ? selected[0] : drawing.canvas.getRootElement()) as Shape;
  };

  function field(field: Field, id: string): HTMLElement {
    const label = field.label ?? word(`field-${field.key}`);
    const help = field.help ?? words[`help-${field.key}`];
    const describedby = help ? `${id}-help` : undefined;
    const write = (value: string) => {
      if (value === field.get()) return;
      writing = true;
      try {
        field.set(value);
      } finally {
        writing = false;
      }
      draw();
    };
    const common = { id, class: `ds-input${field.code ? " m-feel" : ""}`, "aria-describedby": describedby };
    const description = help ? [make("p", { "data-field": "description", id: `${id}-help` }, help)] : [];

    if (field.kind === "several") return several(field, label, id, description, write);
    const control = controlOf(field, common);
    onChange(control, (now) => write(now instanceof HTMLInputElement && now.type === "checkbox" ? flag(now) : now.value));
    const name = make("label", { class: "ds-label", for: id }, label);
    if (field.kind === "flag") return make("div", { class: "ds-field" }, control, name, ...description);
    return make("div", { class: "ds-field" }, name, ...description, control);
  }

  function section({ key, fields, folded }: Section, index: number): HTMLElement {
    const content = fields.map((each, number) => field(each, `panel-${index}-${number}`));
    if (!folded) return make("div", { class: "m-props__s" }, ...content);
    const filled = fields.some((each) => each.get() !== "");
    const details = make("details", { class: "m-props__s", open: open.get(key) ?? filled });
    details.append(make("summary", {}, word(`section-${key}`)), ...content);
    details.addEventListener("toggle", () => open.set(key, details.open));
    return details;
  }

  function draw(): void {
    if (writing) return;
    const place = placeOf(drawing, shown(), offers, word);
    const kind = kindOf(place.bo);
    const title = make("h2", { class: "ds-heading", "data-size": "xs" }, place.bo["name"] || word(`kind-${kind}`));
    const head = make("div", { class: "m-sechead" }, title, make("span", { class: "m-chip" }, word(`kind-${kind}`)));
    const parts = sectionsOf(place).map(section);
    if (!parts.length) parts.push(make("p", { class: "m-small m-sub" }, word("choose-part")));
    const id = make("p", { class: "m-micro m-sub" }, `${word("id")} `, make("code", {}, place.bo["id"] ?? ""));
    renew(host, chooser(place.shape.id), head, ...parts, id);
  }

  /** Whoever cannot point at the drawing chooses here what to change. */
  function chooser(id: string): HTMLElement {
    const options: Option[] = [["", word("whole-process")], ...elementsOf(drawing, word)];
    const known = options.some(([value]) => value === id) ? id : "";
    const select = make("select", { class: "ds-input", id: "panel-element" }, ...optionsOf(options, known));
    onChange(select, ({ value }) => {
      const element = drawing.registry.get(value);
      if (element?.parent) drawing.canvas.scrollToElement(element as never);
      drawing.selection.select(element ? [element] : []);
    });
    return make("div", { class: "ds-field" }, make("label", { class: "ds-label", for: select.id }, word("element")), select);
  }

  host.addEventListener("submit", (event) => event.preventDefault());
  drawing.events.on("selection.changed", draw);
  drawing.events.on("commandStack.changed", draw);
  draw();
}

function controlOf(
  field: Field,
  common: Record<string, string | undefined>,
): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  const value = field.get();
  if (field.kind === "choice") return make("select", common, ...optionsOf(field.options ?? [], value));
  if (field.kind === "flag") return make("input", { ...common, type: "checkbox", checked: value === "true" });
  const spelling = field.code ? { spellcheck: "false", autocapitalize: "off", autocomplete: "off" } : {};
  if (field.kind === "text") {
    const rows = Math.min(8, Math.max(2, value.split("\n").length));
    return make("textarea", { ...common, ...spelling, rows }, value);
  }
  return make("input", { ...common, ...spelling, type: "text", value });
}

function several(
  field: Field,
  label: string,
  id: string,
  description: HTMLElement[],
  write: (value: string) => void,
): HTMLElement {
  const chosen = field.get().split(",").map((part) => part.trim());
  const boxes = (field.options ?? []).map(([value, name], index) => {
    const box = make("input", { class: "ds-input", type: "checkbox", id: `${id}-${index}`, value, checked: chosen.includes(value) });
    onChange(box, (now) => {
      const left = chosen.filter((part) => part && part !== value);
      write((now.checked ? [...left, value] : left).join(", "));
    });
    return make("div", { class: "ds-field" }, box, make("label", { class: "ds-label", for: box.id }, name));
  });
  return make("fieldset", { class: "ds-fieldset" }, make("legend", { class: "ds-label" }, label), ...description, ...boxes);
}

function optionsOf(options: Option[], value: string): HTMLOptionElement[] {
  return options.map(([key, label]) => make("option", { value: key, selected: key === value }, label));
}

function flag(box: HTMLInputElement): string {
  return box.checked ? "true" : "";
}

// One field of the panel: how it reads and changes the diagram, for the places where BPMN keeps things.
import { extensionText, property, setExtensionText, setProperties } from "./extensions";
import type { Bo, Drawing, Shape } from "./modeler";

export type Option = readonly [value: string, label: string];

/** One field of the panel. `key` finds its words; a flag's value is "true" or "", that of `several` is comma-separated. */
export interface Field {
  key: string;
  kind: "line" | "text" | "choice" | "flag" | "several";
  get(): string;
  set(value: string): void;
  /** Its own label, where it does not follow from the key. */
  label?: string;
  help?: string;
  options?: Option[];
  /** The value is an expression. */
  code?: boolean;
}

/** Fields that belong together; a folded one is open from the start only where something is filled in. */
export interface Section {
  key: string;
  fields: Field[];
  folded?: boolean;
}

export interface Operation {
  name: string;
  description: string;
  parameters: { name: string; required: boolean }[];
}

/** What the workspace has to choose from. */
export interface Offers {
  roles: { key: string; label: string }[];
  forms: { schema: string; ui: string | null; title: string }[];
  decisions: { key: string; name: string }[];
  processes: { key: string; name: string }[];
  operations: Operation[];
}

/** Everything that a field needs: the element, the drawing, what there is to choose from, and the words of the page. */
export interface Place {
  drawing: Drawing;
  shape: Shape;
  bo: Bo;
  offers: Offers;
  word(key: string): string;
}

/** The element that a shape stands for, as a place for fields. */
export function placeOf(drawing: Drawing, shape: Shape, offers: Offers, word: (key: string) => string): Place {
  const owner = (shape["labelTarget"] as Shape | undefined) ?? shape;
  return { drawing, shape: owner, bo: owner.businessObject, offers, word };
}

/** The kind of an element: `userTask` for `bpmn:UserTask`. */
export function kindOf(bo: Bo): string {
  const name = String(bo["$type"]).replace("bpmn:", "");
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function isA(bo: Bo | undefined, type: string): boolean {
  return Boolean(bo?.["$instanceOf"]?.(`bpmn:${type}`));
}

/** A field for an attribute of the element itself. */
export function attribute(place: Place, key: string, more: Partial<Field> = {}): Field {
  const { drawing, shape, bo } = place;
  return {
    key,
    kind: "line",
    get: () => bo[key] ?? "",
    set: (value) => drawing.modeling.updateProperties(shape as never, { [key]: value || undefined }),
    ...more,
  };
}

/** A field for a `spiffworkflow:property`. */
export function propertyField(place: Place, key: string, more: Partial<Field> = {}): Field {
  const { drawing, shape, bo } = place;
  return {
    key,
    kind: "line",
    get: () => property(bo, key),
    set: (value) => setProperties(drawing, shape, bo, { [key]: value }),
    ...more,
  };
}

/** A field for an extension that is text. */
export function textField(place: Place, key: string, type: string, more: Partial<Field> = {}): Field {
  const { drawing, shape, bo } = place;
  return {
    key,
    kind: "text",
    get: () => extensionText(bo, type),
    set: (value) => setExtensionText(drawing, shape, bo, type, value),
    ...more,
  };
}

/** A field for an expression that stands in an element of its own, such as a condition. `owner` holds it. */
export function expressionField(place: Place, owner: Bo, key: string, more: Partial<Field> = {}): Field {
  const { drawing, shape } = place;
  return {
    key,
    kind: "line",
    code: true,
    get: () => owner[key]?.body ?? "",
    set: (value) => {
      const expression = value.trim() ? drawing.make("bpmn:FormalExpression", { body: value.trim() }, owner) : undefined;
      drawing.modeling.updateModdleProperties(shape, owner, { [key]: expression });
    },
    ...more,
  };
}

/** Options with an empty one first, and the value that is set even where it is no longer offered. */
export function choices(none: string, offered: Option[], value: string): Option[] {
  const known = !value || offered.some(([key]) => key === value);
  return [["", none], ...(known ? [] : [[value, value] as Option]), ...offered];
}

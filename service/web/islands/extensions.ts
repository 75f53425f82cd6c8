// What an element says beyond plain BPMN, read and changed by name. Every change is one step that can be undone.
import type { Bo, Drawing, Shape } from "./modeler";

const PREFIX = "spiffworkflow:";

/** The extension of that type on an element, such as `Properties`. */
export function extension(bo: Bo, type: string): Bo | undefined {
  return bo["extensionElements"]?.values?.find((value: Bo) => value["$type"] === PREFIX + type);
}

/** The text of an extension that holds nothing else. */
export function extensionText(bo: Bo, type: string): string {
  return extension(bo, type)?.["value"] ?? "";
}

/** The value of a `spiffworkflow:property`, empty where there is none. */
export function property(bo: Bo, name: string): string {
  return propertyEntry(bo, name)?.["value"] ?? "";
}

function propertyEntry(bo: Bo, name: string): Bo | undefined {
  return extension(bo, "Properties")?.["properties"]?.find((entry: Bo) => entry["name"] === name);
}

/** Changes an extension's attributes, makes it where it was missing, removes it for `null`. */
export function setExtension(drawing: Drawing, shape: Shape, bo: Bo, type: string, values: Bo | null): void {
  const found = extension(bo, type);
  if (found && values) {
    drawing.modeling.updateModdleProperties(shape, found, values);
    return;
  }
  if (!found && !values) return;
  const others = (bo["extensionElements"]?.values ?? []).filter((value: Bo) => value !== found);
  const kept: Bo[] = values ? [...others, drawing.make(PREFIX + type, values)] : others;
  const holder = kept.length ? drawing.make("bpmn:ExtensionElements", { values: kept }, bo) : undefined;
  for (const value of kept) value["$parent"] = holder;
  drawing.modeling.updateModdleProperties(shape, bo, { extensionElements: holder });
}

/** Changes an extension that is text; an empty text removes it. */
export function setExtensionText(drawing: Drawing, shape: Shape, bo: Bo, type: string, value: string): void {
  setExtension(drawing, shape, bo, type, value.trim() ? { value } : null);
}

/** Changes `spiffworkflow:property` entries by name in one step; an empty value removes its entry. */
export function setProperties(drawing: Drawing, shape: Shape, bo: Bo, changed: Record<string, string>): void {
  const before: Bo[] = extension(bo, "Properties")?.["properties"] ?? [];
  const entries = before.filter((entry) => !(entry["name"] in changed));
  for (const [name, value] of Object.entries(changed)) {
    if (value.trim()) entries.push(drawing.make(`${PREFIX}Property`, { name, value: value.trim() }));
  }
  const inOrder = (entry: Bo) => {
    const place = before.findIndex((old) => old["name"] === entry["name"]);
    return place < 0 ? before.length : place;
  };
  entries.sort((one, other) => inOrder(one) - inOrder(other));
  setExtension(drawing, shape, bo, "Properties", entries.length ? { properties: entries } : null);
}

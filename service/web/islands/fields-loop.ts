// Fields of an activity that is done more than once: for each of a list, a number of times, or while something holds.
import { choices, expressionField, isA, propertyField, type Field, type Option, type Place } from "./field";
import type { Bo } from "./modeler";

const MULTI = "bpmn:MultiInstanceLoopCharacteristics";
const STANDARD = "bpmn:StandardLoopCharacteristics";

/** How often, over what, and until when. */
export function loopFields(place: Place): Field[] {
  const { bo } = place;
  const loop: Bo | undefined = bo["loopCharacteristics"];
  const fields = [repeatField(place, loop)];
  if (loop?.["$type"] === STANDARD) {
    fields.push(
      expressionField(place, loop, "loopCondition"),
      loopAttribute(place, loop, "loopMaximum", (text) => (/^\d+$/.test(text) ? Number(text) : undefined)),
      { ...loopAttribute(place, loop, "testBefore", (text) => text === "true"), kind: "flag", code: false },
    );
  } else if (loop) {
    fields.push(
      expressionField(place, loop, "loopCardinality"),
      listField(place, loop, "loopDataInputRef"),
      itemField(place, loop, "inputDataItem", "DataInput"),
      listField(place, loop, "loopDataOutputRef"),
      itemField(place, loop, "outputDataItem", "DataOutput"),
      expressionField(place, loop, "completionCondition"),
    );
    if (isA(bo, "CallActivity")) fields.push(propertyField(place, "candidateFrom", { code: true }));
    if (isA(bo, "UserTask") || isA(bo, "CallActivity")) fields.push(propertyField(place, "ballot"));
  }
  return fields;
}

function repeatField(place: Place, loop: Bo | undefined): Field {
  const { drawing, shape, word } = place;
  const now = !loop ? "" : loop["$type"] === STANDARD ? "standard" : loop["isSequential"] ? "sequential" : "parallel";
  const kinds: Option[] = ["parallel", "sequential", "standard"].map((kind) => [kind, word(`repeat-${kind}`)]);
  return {
    key: "repeat",
    kind: "choice",
    options: choices(word("repeat-none"), kinds, now),
    get: () => now,
    set: (kind) => {
      const isSequential = kind === "sequential";
      if (loop?.["$type"] === MULTI && (kind === "parallel" || isSequential)) {
        drawing.modeling.updateModdleProperties(shape, loop, { isSequential });
        return;
      }
      const made = kind === "standard" ? drawing.make(STANDARD, {}, place.bo) : drawing.make(MULTI, { isSequential }, place.bo);
      drawing.modeling.updateProperties(shape as never, { loopCharacteristics: kind ? made : undefined });
    },
  };
}

function loopAttribute(place: Place, loop: Bo, key: string, read: (text: string) => unknown): Field {
  return {
    key,
    kind: "line",
    code: true,
    get: () => (loop[key] === undefined ? "" : String(loop[key])),
    set: (value) => place.drawing.modeling.updateModdleProperties(place.shape, loop, { [key]: read(value.trim()) }),
  };
}

/** A list is named by its variable: through the data object of that name where there is one, else by the name alone. */
function listField(place: Place, loop: Bo, key: string): Field {
  const { drawing, shape } = place;
  return {
    key,
    kind: "line",
    code: true,
    get: () => loop[key]?.name ?? loop[key]?.id ?? "",
    set: (value) => {
      const name = value.trim();
      const list = name ? (dataObject(place, name) ?? drawing.make("bpmn:ItemAwareElement", { id: name })) : undefined;
      drawing.modeling.updateModdleProperties(shape, loop, { [key]: list });
    },
  };
}

function dataObject(place: Place, name: string): Bo | undefined {
  for (let scope: Bo | undefined = place.bo["$parent"]; scope; scope = scope["$parent"]) {
    const found = scope["flowElements"]?.find((it: Bo) => it["$type"] === "bpmn:DataObject" && it["name"] === name);
    if (found) return found;
  }
  return undefined;
}

/** The variable that one round sees, or leaves. */
function itemField(place: Place, loop: Bo, key: string, type: string): Field {
  const { drawing, shape, bo } = place;
  return {
    key,
    kind: "line",
    code: true,
    get: () => loop[key]?.name ?? loop[key]?.id ?? "",
    set: (value) => {
      const name = value.trim();
      const id = loop[key]?.id ?? `${bo["id"]}_${key}`;
      const item = name ? drawing.make(`bpmn:${type}`, { id, name }, loop) : undefined;
      drawing.modeling.updateModdleProperties(shape, loop, { [key]: item });
    },
  };
}

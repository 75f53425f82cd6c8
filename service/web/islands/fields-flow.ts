// Fields of flows and events: conditions and their order, times, messages, signals, errors.
import { extensionText, setExtensionText } from "./extensions";
import { choices, expressionField, isA, type Field, type Option, type Place } from "./field";
import type { Bo } from "./modeler";

const TIMES = ["timeDate", "timeDuration", "timeCycle"];

/** When a token takes a flow. Conditions are asked in the order of the file, which can be changed here. */
export function flowFields(place: Place): Field[] {
  const { drawing, shape, bo } = place;
  const source: Bo = bo["sourceRef"];
  if (!isA(source, "ExclusiveGateway") && !isA(source, "InclusiveGateway")) return [];
  const isDefault: Field = {
    key: "default",
    kind: "flag",
    get: () => (source["default"] === bo ? "true" : ""),
    set: (value) =>
      drawing.together(() => {
        const from = drawing.registry.get(source["id"]);
        drawing.modeling.updateProperties(from as never, { default: value ? bo : undefined });
        if (value) drawing.modeling.updateProperties(shape as never, { conditionExpression: undefined });
      }),
  };
  if (source["default"] === bo) return [isDefault];
  const condition: Field = {
    ...expressionField(place, bo, "conditionExpression", { kind: "text" }),
    set: (value) => {
      const expression = value.trim() ? drawing.make("bpmn:FormalExpression", { body: value.trim() }, bo) : undefined;
      drawing.modeling.updateProperties(shape as never, { conditionExpression: expression });
    },
  };
  return [condition, isDefault, orderField(place, source)].filter((field) => field !== null);
}

/** Which of a gateway's flows is asked first, as its number among them. */
function orderField(place: Place, source: Bo): Field | null {
  const { drawing, shape, bo } = place;
  const scope: Bo = bo["$parent"];
  const all: Bo[] = scope["flowElements"];
  const ways = all.filter((element) => isA(element, "SequenceFlow") && element["sourceRef"] === source);
  if (ways.length < 2) return null;
  return {
    key: "order",
    kind: "choice",
    options: ways.map((_, index): Option => [String(index + 1), String(index + 1)]),
    get: () => String(ways.indexOf(bo) + 1),
    set: (value) => {
      const sorted = ways.filter((way) => way !== bo);
      sorted.splice(Number(value) - 1, 0, bo);
      const flowElements = all.map((element) => (ways.includes(element) ? (sorted.shift() as Bo) : element));
      drawing.modeling.updateModdleProperties(shape, scope, { flowElements });
    },
  };
}

/** What an event waits for, or throws. */
export function eventFields(place: Place): Field[] {
  const { drawing, shape, bo, word } = place;
  const definition: Bo | undefined = bo["eventDefinitions"]?.[0];
  const fields: Field[] = [];
  if (isA(bo, "BoundaryEvent")) {
    fields.push({
      key: "cancelActivity",
      kind: "flag",
      get: () => (bo["cancelActivity"] ? "true" : ""),
      set: (value) => drawing.modeling.updateProperties(shape as never, { cancelActivity: value === "true" }),
    });
  }
  switch (definition?.["$type"]) {
    case "bpmn:TimerEventDefinition":
      return [...fields, ...timerFields(place, definition)];
    case "bpmn:ConditionalEventDefinition":
      return [...fields, expressionField(place, definition, "condition", { kind: "text" })];
    case "bpmn:MessageEventDefinition":
      return [...fields, ...messageFields(place, definition)];
    case "bpmn:SignalEventDefinition":
      return [...fields, rootField(place, definition, "signal", "name")];
    case "bpmn:ErrorEventDefinition":
      return [...fields, rootField(place, definition, "error", "errorCode", word("any-error"))];
    case "bpmn:EscalationEventDefinition":
      return [...fields, rootField(place, definition, "escalation", "escalationCode")];
    default:
      return fields;
  }
}

function timerFields(place: Place, definition: Bo): Field[] {
  const { drawing, shape, word } = place;
  const now = TIMES.find((form) => definition[form]) ?? "";
  const text: string = definition[now]?.body ?? "";
  const write = (form: string, body: string) => {
    const cleared = Object.fromEntries(TIMES.map((name): [string, unknown] => [name, undefined]));
    const made = form ? { [form]: drawing.make("bpmn:FormalExpression", { body }, definition) } : {};
    drawing.modeling.updateModdleProperties(shape, definition, { ...cleared, ...made });
  };
  const forms = TIMES.map((form): Option => [form, word(`timer-${form}`)]);
  return [
    { key: "timer", kind: "choice", options: choices(word("choose"), forms, now), get: () => now, set: (form) => write(form, text) },
    { key: "time", kind: "line", code: true, get: () => text, set: (body) => write(now || "timeDuration", body.trim()) },
  ];
}

/** The message, signal, error or escalation of an event, by its name or code; a new one is made where none fits. */
function rootField(place: Place, definition: Bo, what: string, by: string, help?: string): Field {
  const { drawing, shape } = place;
  const reference = `${what}Ref`;
  return {
    key: what,
    kind: "line",
    ...(help && { help }),
    get: () => definition[reference]?.[by] ?? "",
    set: (value) =>
      drawing.together(() => {
        const name = value.trim();
        const root: Bo | undefined = name ? findOrMake(place, what, by, name) : undefined;
        drawing.modeling.updateModdleProperties(shape, definition, { [reference]: root });
      }),
  };
}

function findOrMake(place: Place, what: string, by: string, name: string): Bo {
  const { drawing, shape } = place;
  const type = `bpmn:${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  let definitions = place.bo;
  while (definitions["$parent"]) definitions = definitions["$parent"];
  const roots: Bo[] = definitions["rootElements"];
  const found = roots.find((root) => root["$type"] === type && root[by] === name);
  if (found) return found;
  const made = drawing.make(type, { name, [by]: name }, definitions);
  drawing.modeling.updateModdleProperties(shape, definitions, { rootElements: [...roots, made] });
  return made;
}

/** The message of an event, or of a send or receive task, which refer to it in the same way. */
export function messageFields(place: Place, owner: Bo): Field[] {
  return [rootField(place, owner, "message", "name"), messageField(place, owner)];
}

/** What a message carries away, or where what it brings is kept. It stands on the event itself. */
function messageField(place: Place, definition: Bo): Field {
  const throws = isA(place.bo, "ThrowEvent") || isA(place.bo, "SendTask");
  const type = throws ? "MessagePayload" : "MessageVariable";
  return {
    key: throws ? "messagePayload" : "messageVariable",
    kind: "line",
    code: true,
    get: () => extensionText(definition, type),
    set: (value) => setExtensionText(place.drawing, place.shape, definition, type, value),
  };
}

// What can be said about an element: sections of fields, by its kind.
import { attribute, choices, isA, textField, type Field, type Option, type Place, type Section } from "./field";
import { eventFields, flowFields } from "./fields-flow";
import { loopFields } from "./fields-loop";
import { activityFields, personFields, startFormFields } from "./fields-work";
import type { Shape } from "./modeler";

/** The sections for an element, in the order in which they are shown. */
export function sectionsOf(place: Place): Section[] {
  const { bo } = place;
  if (isA(bo, "Collaboration")) return []; // it has no name, and what lies in it is chosen by itself
  const sections: Section[] = [{ key: "element", fields: [nameField(place), ...placeFields(place)] }];
  if (isA(bo, "UserTask") || isA(bo, "ManualTask")) sections.push({ key: "person", fields: personFields(place) });
  if (isA(bo, "StartEvent")) sections.push({ key: "form", fields: startFormFields(place) });
  if (isA(bo, "Activity")) sections.push({ key: "work", fields: activityFields(place) });
  if (isA(bo, "Event")) sections.push({ key: "event", fields: eventFields(place) });
  if (isA(bo, "SequenceFlow")) sections.push({ key: "way", fields: flowFields(place) });
  if (isA(bo, "Activity")) {
    sections.push({ key: "loop", fields: loopFields(place), folded: true });
    sections.push({ key: "scripts", fields: scriptFields(place), folded: true });
  }
  if (isA(bo, "FlowNode") && !isA(bo, "EndEvent")) sections.push({ key: "next", fields: [connectField(place)], folded: true });
  sections.push({ key: "notes", fields: [documentationField(place)], folded: true });
  return sections.filter((section) => section.fields.length);
}

function nameField(place: Place): Field {
  const { drawing, shape, bo } = place;
  if (isA(bo, "TextAnnotation")) return attribute(place, "text", { kind: "text" });
  if (isA(bo, "Process")) return attribute(place, "name");
  return attribute(place, "name", { kind: "text", set: (value) => drawing.modeling.updateLabel(shape as never, value) });
}

function placeFields(place: Place): Field[] {
  const { bo, offers, word } = place;
  if (!isA(bo, "Lane")) return [];
  const drawn = String(bo["name"] ?? "");
  const role = offers.roles.find(({ key, label }) => key === drawn || label === drawn);
  const options = choices(word("no-such-role"), offers.roles.map(({ key, label }) => [key, label]), role?.key ?? "");
  return [
    attribute(place, "role", {
      kind: "choice",
      options,
      get: () => role?.key ?? "",
      set: (key) => {
        const chosen = offers.roles.find((offered) => offered.key === key);
        if (chosen) place.drawing.modeling.updateLabel(place.shape as never, chosen.label);
      },
    }),
  ];
}

function documentationField(place: Place): Field {
  const { drawing, shape, bo } = place;
  return {
    key: "documentation",
    kind: "text",
    get: () => bo["documentation"]?.[0]?.text ?? "",
    set: (value) => {
      const documentation = value.trim() ? [drawing.make("bpmn:Documentation", { text: value.trim() }, bo)] : [];
      drawing.modeling.updateModdleProperties(shape, bo, { documentation });
    },
  };
}

function scriptFields(place: Place): Field[] {
  return [
    textField(place, "preScript", "PreScript", { code: true }),
    textField(place, "postScript", "PostScript", { code: true }),
  ];
}

/** Draws a flow without a pointer. */
function connectField(place: Place): Field {
  const { drawing, shape, bo, word } = place;
  const targets = drawing.registry
    .filter((other) => {
      const target = (other as unknown as Shape).businessObject;
      return isA(target, "FlowNode") && target !== bo && target["$parent"] === bo["$parent"] && other.type !== "label";
    })
    .map((other) => other as unknown as Shape);
  return {
    key: "connect",
    kind: "choice",
    options: [["", word("choose")], ...targets.map(({ id, businessObject }): Option => [id, businessObject["name"] || id])],
    get: () => "",
    set: (id) => {
      const target = drawing.registry.get(id);
      if (target) drawing.modeling.connect(shape as never, target as never, { type: "bpmn:SequenceFlow" } as never);
    },
  };
}

// Fields of what is done: by people, by operations, by rules, by other processes.
import { extension, property, setExtension, setProperties } from "./extensions";
import { attribute, choices, isA, propertyField, textField, type Field, type Option, type Place } from "./field";
import { messageFields } from "./fields-flow";
import type { Bo, Shape } from "./modeler";

/** Who does it, on which form, and when it is due. */
export function personFields(place: Place): Field[] {
  const { bo, offers, word } = place;
  const roles = offers.roles.map(({ key, label }): Option => [key, label]);
  const role = propertyField(place, "candidateRole", {
    kind: "choice",
    options: choices(word("role-of-lane"), roles, property(bo, "candidateRole")),
  });
  const instructions = textField(place, "instructions", "InstructionsForEndUser");
  if (isA(bo, "ManualTask")) return [role, instructions];
  return [
    role,
    propertyField(place, "candidateFrom", { code: true }),
    formField(place),
    propertyField(place, "dueDate", { code: true }),
    propertyField(place, "followUpDate", { code: true }),
    instructions,
    propertyField(place, "priority", { code: true }),
    excludesField(place),
    textField(place, "variableName", "VariableName", { kind: "line", code: true }),
  ];
}

/** The form that a start asks for. */
export function startFormFields(place: Place): Field[] {
  return isA(place.bo["$parent"], "SubProcess") ? [] : [formField(place)];
}

/** What an activity is, beyond who does it. */
export function activityFields(place: Place): Field[] {
  const { bo, offers, word } = place;
  const status = propertyField(place, "status");
  if (isA(bo, "ScriptTask")) return [attribute(place, "script", { kind: "text", code: true }), status];
  if (isA(bo, "ServiceTask")) return [...operationFields(place), status];
  if (isA(bo, "BusinessRuleTask")) {
    const tables = offers.decisions.map(({ key, name }): Option => [key, name]);
    const decision = textField(place, "calledDecisionId", "CalledDecisionId", { kind: "choice" });
    return [{ ...decision, options: choices(word("choose"), tables, decision.get()) }, bindingField(place), status];
  }
  if (isA(bo, "CallActivity")) {
    const processes = offers.processes.map(({ key, name }): Option => [key, name]);
    const options = choices(word("choose"), processes, bo["calledElement"] ?? "");
    const hearing: Option[] = [["", word("no-hearing")], ["internal", word("hearing-internal")], ["trade", word("hearing-trade")]];
    return [
      attribute(place, "calledElement", { kind: "choice", options }),
      bindingField(place),
      propertyField(place, "hearing", { kind: "choice", options: hearing }),
      status,
    ];
  }
  if (isA(bo, "SendTask") || isA(bo, "ReceiveTask")) return [...messageFields(place, bo), status];
  return [status];
}

function bindingField(place: Place): Field {
  const options: Option[] = [
    ["", place.word("binding-latest")],
    ["deployment", place.word("binding-deployment")],
  ];
  const get = () => (property(place.bo, "binding") === "deployment" ? "deployment" : "");
  return propertyField(place, "binding", { kind: "choice", options, get });
}

function formField(place: Place): Field {
  const { drawing, shape, bo, offers, word } = place;
  const forms = offers.forms.map(({ schema, title }): Option => [schema, title]);
  const get = () => property(bo, "formJsonSchemaFilename");
  return {
    key: "form",
    kind: "choice",
    options: choices(word("no-form"), forms, get()),
    get,
    set: (schema) => {
      const ui = offers.forms.find((form) => form.schema === schema)?.ui ?? "";
      setProperties(drawing, shape, bo, { formJsonSchemaFilename: schema, formUiSchemaFilename: ui });
    },
  };
}

/** Whoever did one of these may not do this. */
function excludesField(place: Place): Field {
  const tasks = place.drawing.registry
    .filter((other) => ["bpmn:UserTask", "bpmn:ManualTask"].includes(String(other.type)) && other.id !== place.shape.id)
    .map((other) => other as unknown as Shape);
  const options = tasks.map(({ id, businessObject }): Option => [id, businessObject["name"] || id]);
  return propertyField(place, "excludes", { kind: "several", options });
}

function operationFields(place: Place): Field[] {
  const { drawing, shape, bo, offers, word } = place;
  const operator = extension(bo, "ServiceTaskOperator");
  const chosen = offers.operations.find(({ name }) => name === operator?.["id"]);
  const names = offers.operations.map(({ name }): Option => [name, name]);
  const change = (values: Bo | null) => setExtension(drawing, shape, bo, "ServiceTaskOperator", values);
  const operation: Field = {
    key: "operation",
    kind: "choice",
    options: choices(word("choose"), names, operator?.["id"] ?? ""),
    ...(chosen && { help: chosen.description }),
    get: () => operator?.["id"] ?? "",
    set: (id) => change(id ? { id, parameterList: drawing.make("spiffworkflow:Parameters", { parameters: [] }) } : null),
  };
  if (!operator) return [operation];
  const given: Bo[] = operator["parameterList"]?.parameters ?? [];
  const wanted = chosen?.parameters ?? given.map(({ id }) => ({ name: String(id), required: false }));
  const parameters = wanted.map(({ name, required }): Field => ({
    key: "parameter",
    label: required ? `${name} (${word("required")})` : name,
    kind: "line",
    code: true,
    get: () => given.find(({ id }) => id === name)?.["value"] ?? "",
    set: (value) => {
      const others = given.filter(({ id }) => id !== name);
      const made = value.trim() ? [drawing.make("spiffworkflow:Parameter", { id: name, type: "any", value: value.trim() })] : [];
      change({ parameterList: drawing.make("spiffworkflow:Parameters", { parameters: [...others, ...made] }) });
    },
  }));
  const result: Field = {
    key: "resultVariable",
    kind: "line",
    code: true,
    get: () => operator["resultVariable"] ?? "",
    set: (value) => change({ resultVariable: value.trim() || undefined }),
  };
  return [operation, ...parameters, result];
}

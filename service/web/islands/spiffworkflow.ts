// The extensions of SpiffWorkflow's family, as bpmn-moddle wants to be told of them: without this a file would lose
// them when an element changes its kind. Ours are `spiffworkflow:property` entries; the rest stays as it came.

type Property = { name: string; type: string; isAttr?: boolean; isBody?: boolean; isMany?: boolean };
type Type = { name: string; superClass?: string[]; extends?: string[]; properties?: Property[] };

const text = (name: string): Type => ({
  name,
  superClass: ["Element"],
  properties: [{ name: "value", type: "String", isBody: true }],
});
const attributes = (...names: string[]): Property[] => names.map((name) => ({ name, type: "String", isAttr: true }));
const many = (name: string, type: string): Property => ({ name, type, isMany: true });
const one = (name: string, type: string): Property => ({ name, type });
const element = (name: string, ...properties: Property[]): Type => ({ name, superClass: ["Element"], properties });
const onto = (name: string, target: string, ...properties: Property[]): Type => ({
  name,
  extends: [target],
  properties,
});

/** Extension elements that hold nothing but text. */
const TEXTS = [
  "InstructionsForEndUser",
  "PreScript",
  "PostScript",
  "VariableName",
  "CalledDecisionId",
  "MessagePayload",
  "MessageVariable",
  "PayloadExpression",
  "SignalButtonLabel",
  "AllowGuest",
  "GuestConfirmation",
  "ProcessModelToStartOnTaskAvailable",
  "Category",
  "PropertyId",
  "Expression",
  "InputJson",
  "ExpectedOutputJson",
];

export const spiffworkflow = {
  name: "spiffworkflow",
  uri: "http://spiffworkflow.org/bpmn/schema/1.0/core",
  prefix: "spiffworkflow",
  xml: { tagAlias: "lowerCase" },
  associations: [],
  enumerations: [],
  types: [
    ...TEXTS.map(text),
    element("Properties", many("properties", "Property")),
    element("Property", ...attributes("name", "value")),
    element(
      "ServiceTaskOperator",
      ...attributes("id", "resultVariable"),
      one("parameterList", "Parameters"),
      one("retry", "Retry"),
    ),
    element("Parameters", many("parameters", "Parameter")),
    element("Parameter", ...attributes("id", "type", "value")),
    element("Retry", ...attributes("retries", "backoff_base")),
    element("TaskMetadataValues", many("taskMetadataValues", "TaskMetadataValue")),
    element("TaskMetadataValue", ...attributes("name", "value")),
    element(
      "ProcessVariableCorrelation",
      one("propertyId", "PropertyId"),
      one("expression", "Expression"),
    ),
    element("UnitTests", many("unitTests", "UnitTest")),
    element("UnitTest", ...attributes("id"), one("inputJson", "InputJson"), one("expectedOutputJson", "ExpectedOutputJson")),
    onto("ScriptsOnInstances", "bpmn:LoopCharacteristics", { name: "scriptsOnInstances", type: "Boolean", isAttr: true }),
    onto("SynchronisedOutput", "bpmn:MultiInstanceLoopCharacteristics", {
      name: "isOutputSynced",
      type: "Boolean",
      isAttr: true,
    }),
    onto("MessageSchema", "bpmn:Message", ...attributes("jsonSchemaId", "isMatchingCorrelation")),
  ],
};

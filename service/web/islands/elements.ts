// The elements of a diagram in the order of their flow, for whoever reads or chooses them as a list.
import { isA, kindOf, type Option } from "./field";
import type { Drawing, Shape } from "./modeler";

/** Every element that can be selected, as (id, name): lanes first, then nodes, each with the flows that leave it. */
export function elementsOf(drawing: Drawing, word: (key: string) => string): Option[] {
  const shapes = drawing.registry
    .filter((shape) => shape.type !== "label" && shape.parent !== undefined && shape.parent !== null)
    .map((shape) => shape as unknown as Shape);
  const nodes = shapes.filter(({ businessObject }) => isA(businessObject, "FlowNode"));
  const others = shapes.filter(({ businessObject }) => !isA(businessObject, "FlowNode") && !isA(businessObject, "SequenceFlow"));
  const named = ({ id, businessObject }: Shape): Option => {
    const kind = word(`kind-${kindOf(businessObject)}`);
    const name = businessObject["name"] || businessObject["text"];
    return [id, name ? `${String(name).replace(/\s+/g, " ")} (${kind})` : kind];
  };
  const leaving = ({ businessObject }: Shape): Option[] =>
    shapes
      .filter((flow) => isA(flow.businessObject, "SequenceFlow") && flow.businessObject["sourceRef"] === businessObject)
      .map((flow) => {
        const to = flow.businessObject["targetRef"];
        const name = flow.businessObject["name"];
        const target = to?.name || word(`kind-${kindOf(to ?? {})}`);
        return [flow.id, `› ${name ? `${name}: ` : ""}${String(target).replace(/\s+/g, " ")}`];
      });
  return [...others.map(named), ...nodes.flatMap((node) => [named(node), ...leaving(node)])];
}

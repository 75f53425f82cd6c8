// The buttons beside the drawing: what can be added, taken away, done again. They work without a pointer as well.
import { isA } from "./field";
import type { Bo, Drawing, Shape } from "./modeler";

/** What a button with data-add="…" draws. */
const KINDS: Record<string, Bo> = {
  start: { type: "bpmn:StartEvent" },
  task: { type: "bpmn:UserTask" },
  gateway: { type: "bpmn:ExclusiveGateway" },
  parallel: { type: "bpmn:ParallelGateway" },
  timer: { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:TimerEventDefinition" },
  rule: { type: "bpmn:BusinessRuleTask" },
  service: { type: "bpmn:ServiceTask" },
  call: { type: "bpmn:CallActivity" },
  subprocess: { type: "bpmn:SubProcess", isExpanded: true },
  end: { type: "bpmn:EndEvent" },
  note: { type: "bpmn:TextAnnotation" },
};

/** Lets the buttons inside `host` change the drawing; those that cannot do anything now say so. */
export function wireTools(host: HTMLElement, drawing: Drawing): void {
  const { modeler, selection, stack, modeling } = drawing;
  const selected = () => selection.get() as Shape[];

  const deeds: Record<string, (event: MouseEvent, button: HTMLElement) => void> = {
    undo: () => stack.canUndo() && stack.undo(),
    redo: () => stack.canRedo() && stack.redo(),
    remove: () => modeling.removeElements(selected() as never),
    lane: () => {
      const lane = selected().find(({ businessObject }) => isA(businessObject, "Lane") || isA(businessObject, "Participant"));
      if (lane) modeling.addLane(lane as never, "bottom");
    },
    kind: (_, button) => {
      const [shape] = selected();
      const { right: x, top: y } = button.getBoundingClientRect();
      if (shape) modeler.get<Bo>("popupMenu")["open"](shape, "bpmn-replace", { x, y, cursor: { x, y } }, { search: true });
    },
  };

  function add(event: MouseEvent, attributes: Bo): void {
    const shape = modeler.get<Bo>("elementFactory")["createShape"](attributes);
    const [source] = selected();
    if (source && isA(source.businessObject, "FlowNode") && !isA(source.businessObject, "EndEvent")) {
      modeler.get<Bo>("autoPlace")["append"](source, shape);
    } else if (event.detail > 0) {
      modeler.get<Bo>("create")["start"](event, shape); // it hangs on the pointer until it is put down
    } else {
      const { x, y, width, height } = drawing.canvas.viewbox();
      const parent = drawing.registry.find(({ type }) => type === "bpmn:Participant") ?? drawing.canvas.getRootElement();
      const made = modeling.createShape(shape, { x: x + width / 2, y: y + height / 2 }, parent as never);
      selection.select(made);
    }
  }

  host.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button");
    const { add: kind, tool } = button?.dataset ?? {};
    if (button?.getAttribute("aria-disabled") === "true") return;
    if (kind && KINDS[kind]) add(event, KINDS[kind]);
    else if (tool && button) deeds[tool]?.(event, button);
  });

  function enable(): void {
    const now = selected();
    const can: Record<string, boolean> = {
      undo: stack.canUndo(),
      redo: stack.canRedo(),
      remove: now.length > 0,
      kind: now.length === 1,
      lane: now.some(({ businessObject }) => isA(businessObject, "Lane") || isA(businessObject, "Participant")),
    };
    for (const button of host.querySelectorAll<HTMLElement>("button[data-tool]")) {
      button.setAttribute("aria-disabled", String(!can[button.dataset["tool"] ?? ""]));
    }
  }
  drawing.events.on("selection.changed", enable);
  drawing.events.on("commandStack.changed", enable);
  enable();
}

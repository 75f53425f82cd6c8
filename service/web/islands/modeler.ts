// bpmn-js with the tools that a process owner needs: only elements that the engine runs can be drawn.
import BaseModeler from "bpmn-js/lib/BaseModeler";
import AutoPlaceModule from "bpmn-js/lib/features/auto-place";
import AutoResizeModule from "bpmn-js/lib/features/auto-resize";
import ContextPadModule from "bpmn-js/lib/features/context-pad";
import CopyPasteModule from "bpmn-js/lib/features/copy-paste";
import EditorActionsModule from "bpmn-js/lib/features/editor-actions";
import GridSnappingModule from "bpmn-js/lib/features/grid-snapping";
import KeyboardModule from "bpmn-js/lib/features/keyboard";
import LabelEditingModule from "bpmn-js/lib/features/label-editing";
import ModelingModule from "bpmn-js/lib/features/modeling";
import type Modeling from "bpmn-js/lib/features/modeling/Modeling";
import ModelingFeedbackModule from "bpmn-js/lib/features/modeling-feedback";
import OutlineModule from "bpmn-js/lib/features/outline";
import SnappingModule from "bpmn-js/lib/features/snapping";
import Viewer from "bpmn-js/lib/Viewer";
import type CommandStack from "diagram-js/lib/command/CommandStack";
import type Canvas from "diagram-js/lib/core/Canvas";
import type ElementRegistry from "diagram-js/lib/core/ElementRegistry";
import type EventBus from "diagram-js/lib/core/EventBus";
import AutoScrollModule from "diagram-js/lib/features/auto-scroll";
import BendpointsModule from "diagram-js/lib/features/bendpoints";
import ConnectModule from "diagram-js/lib/features/connect";
import ConnectionPreviewModule from "diagram-js/lib/features/connection-preview";
import CreateModule from "diagram-js/lib/features/create";
import KeepSelectionVisibleModule from "diagram-js/lib/features/keep-selection-visible";
import KeyboardMoveSelectionModule from "diagram-js/lib/features/keyboard-move-selection";
import MoveModule from "diagram-js/lib/features/move";
import type Overlays from "diagram-js/lib/features/overlays/Overlays";
import ResizeModule from "diagram-js/lib/features/resize";
import type Selection from "diagram-js/lib/features/selection/Selection";
import KeyboardMoveModule from "diagram-js/lib/navigation/keyboard-move";
import MoveCanvasModule from "diagram-js/lib/navigation/movecanvas";
import ZoomScrollModule from "diagram-js/lib/navigation/zoomscroll";
import { loadFont, LOOK } from "./canvas";
import { keepWordsWhole } from "./labels";
import { RestrictedTools } from "./restrictions";
import { spiffworkflow } from "./spiffworkflow";

/** A BPMN element; its types are known at run time only. */
export type Bo = Record<string, any>;
/** What stands in the drawing for a BPMN element. */
export type Shape = Bo & { id: string; type: string; businessObject: Bo };

/** An open diagram and the services that change it. */
export interface Drawing {
  modeler: BaseModeler;
  canvas: Canvas;
  registry: ElementRegistry;
  modeling: Modeling & { updateModdleProperties(shape: unknown, bo: Bo, values: Bo): void };
  overlays: Overlays;
  selection: Selection;
  stack: CommandStack;
  events: EventBus;
  /** Several changes as one step that can be undone. */
  together(change: () => void): void;
  /** A new BPMN element of that type, belonging to `parent`. */
  make(type: string, values: Bo, parent?: Bo): Bo;
  /** What of the file the editor does not understand and would lose. */
  losses: string[];
  xml(): Promise<string>;
}

class Modeler extends BaseModeler {}
(Modeler.prototype as unknown as Bo)["_modules"] = [
  ...(Viewer.prototype as unknown as Bo)["_modules"],
  KeepSelectionVisibleModule,
  KeyboardMoveModule,
  MoveCanvasModule,
  ZoomScrollModule,
  AutoPlaceModule,
  AutoScrollModule,
  AutoResizeModule,
  BendpointsModule,
  ConnectModule,
  ConnectionPreviewModule,
  ContextPadModule,
  CopyPasteModule,
  CreateModule,
  EditorActionsModule,
  GridSnappingModule,
  KeyboardModule,
  KeyboardMoveSelectionModule,
  LabelEditingModule,
  ModelingModule,
  ModelingFeedbackModule,
  MoveModule,
  ResizeModule,
  SnappingModule,
  OutlineModule,
  RestrictedTools,
];

/** Opens a diagram in `container`; `words` translates what bpmn-js says. Rejects a file that is no diagram. */
export async function open(container: HTMLElement, xml: string, words: Record<string, string>): Promise<Drawing> {
  await loadFont();
  const translate = (text: string, values: Record<string, string> = {}) =>
    (words[text] ?? text).replace(/{([^}]+)}/g, (whole, name) => values[name] ?? whole);
  const modeler = new Modeler({
    container,
    ...LOOK,
    moddleExtensions: { spiffworkflow },
    additionalModules: [{ translate: ["value", translate] }],
  });
  keepWordsWhole(modeler.get("textRenderer"));
  const events = modeler.get<EventBus>("eventBus");
  events.on("import.parse.complete", keepVariableNames(modeler));
  const { warnings } = await modeler.importXML(xml);
  const stack = modeler.get<CommandStack>("commandStack");
  stack.register("mandat.together", { preExecute: ({ change }: { change: () => void }) => change() } as never);
  return {
    modeler,
    events,
    stack,
    canvas: modeler.get("canvas"),
    registry: modeler.get("elementRegistry"),
    modeling: modeler.get("modeling"),
    overlays: modeler.get("overlays"),
    selection: modeler.get("selection"),
    losses: (warnings as unknown as { message: string }[])
      .map(({ message }) => message)
      .filter((message) => !message.startsWith("unresolved reference")),
    together(change) {
      stack.execute("mandat.together", { change });
    },
    make(type, values, parent) {
      const made = modeler.get<Bo>("bpmnFactory")["create"](type, values);
      if (parent) made.$parent = parent;
      return made;
    },
    async xml() {
      const { xml: written } = await modeler.saveXML({ format: true });
      return written ?? "";
    },
  };
}

/**
 * A multi-instance may name its list by a variable instead of a data object. bpmn-moddle would drop such a reference,
 * since nothing in the file has that id: it gets something to refer to, which is never written.
 */
function keepVariableNames(modeler: BaseModeler) {
  return ({ references = [], elementsById = {} }: Bo): void => {
    for (const { element, property, id } of references as Bo[]) {
      if (/:loopData(In|Out)putRef$/.test(property) && !elementsById[id]) {
        element.set(property, modeler.get<Bo>("moddle")["create"]("bpmn:ItemAwareElement", { id }));
      }
    }
  };
}

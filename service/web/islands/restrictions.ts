// What cannot be run cannot be drawn: the menus of bpmn-js, cut down to what the engine's checks let pass.
import type { Bo } from "./modeler";

/** Kinds that the menu "change element" offers, by the names that bpmn-js has for them. */
const REPLACEMENTS = new Set(
  `none-start none-start-event none-end none-end-event none-intermediate-throw none-intermediate-throwing
  message-start timer-start conditional-start signal-start
  message-intermediate-catch message-intermediate-throw timer-intermediate-catch escalation-intermediate-throw
  conditional-intermediate-catch signal-intermediate-catch signal-intermediate-throw
  message-end escalation-end error-end signal-end terminate-end
  message-boundary timer-boundary escalation-boundary conditional-boundary error-boundary signal-boundary
  non-interrupting-message-boundary non-interrupting-timer-boundary non-interrupting-escalation-boundary
  non-interrupting-conditional-boundary non-interrupting-signal-boundary
  exclusive-gateway parallel-gateway inclusive-gateway event-based-gateway
  user-task manual-task service-task send-task receive-task rule-task script-task call-activity
  expanded-subprocess collapsed-subprocess subprocess
  sequence-flow default-flow conditional-flow`
    .split(/\s+/)
    .map((name) => `replace-with-${name}`),
);

/** The signs at the menu's head: how often an activity is done. */
const LOOPS = new Set(["toggle-parallel-mi", "toggle-sequential-mi", "toggle-loop"]);

const LOW = 500; // after the providers of bpmn-js, whose entries these cut down

class Restrictions {
  static $inject = ["popupMenu", "contextPad", "elementFactory", "autoPlace", "create", "translate", "eventBus"];

  constructor(
    popupMenu: Bo,
    contextPad: Bo,
    elementFactory: Bo,
    autoPlace: Bo,
    create: Bo,
    translate: (text: string) => string,
    eventBus: Bo,
  ) {
    popupMenu["registerProvider"]("bpmn-replace", LOW, {
      getPopupMenuEntries: () => (entries: Bo) => kept(entries, (name) => REPLACEMENTS.has(name)),
      getPopupMenuHeaderEntries: () => (entries: Bo) => kept(entries, (name) => LOOPS.has(name)),
    });
    const task = () => elementFactory["createShape"]({ type: "bpmn:UserTask" });
    contextPad["registerProvider"](LOW, {
      getContextPadEntries: () => (entries: Bo) => {
        const entry = entries["append.append-task"];
        if (!entry) return entries;
        const append = {
          group: "model",
          className: "bpmn-icon-user-task",
          title: translate("Append task"),
          action: {
            click: (_: Event, source: Bo) => autoPlace["append"](source, task()),
            dragstart: (event: Event, source: Bo) => create["start"](event, task(), { source }),
          },
        };
        return { ...entries, "append.append-task": append };
      },
    });
    // Changing an element's kind keeps which list it goes through.
    eventBus["on"]("moddleCopy.canCopyProperty", 2000, ({ property, propertyName }: Bo) =>
      /^loopData(In|Out)putRef$/.test(propertyName?.split(":").pop() ?? "") ? property : undefined,
    );
  }
}

function kept(entries: Bo, wanted: (name: string) => boolean): Bo {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => wanted(name)));
}

export const RestrictedTools = { __init__: ["restrictions"], restrictions: ["type", Restrictions] };

"""The words of the process editor: the browser draws the panel, and is told here what to call things."""

from service.domain.errors import ApprovalPending, VersionMovedOn
from service.web import formats
from service.web.i18n import gettext
from service.web.kinds import events, kinds


def overtaken(refused: VersionMovedOn) -> str:
    """Why a drawing was not put into force although nothing is wrong with it."""
    return gettext(
        "%(by)s put version %(number)s into force on %(at)s, while you were drawing. Your drawing is kept here. Open "
        "the process in another window, and take over what was changed there.",
        by=refused.facts["by"],
        number=refused.facts["number"],
        at=formats.moment(refused.facts["at"]),
    )


def waits(refused: ApprovalPending) -> str:
    """Why a drawing was not proposed although nothing is wrong with it: another's waits already."""
    return gettext(
        "A version that %(by)s wrote on %(at)s waits for approval. Your drawing is kept here. Approve or withdraw the "
        "other one first, in another window.",
        by=refused.facts["by"],
        at=formats.moment(refused.facts["at"]),
    )


def words() -> dict[str, str]:
    """Everything that the editor says, by the keys that its code uses."""
    return {
        **{f"kind-{name}": word for name, word in kinds().items()},
        **_states(),
        **_choices(),
        **_sections(),
        **_fields(),
        **_helps(),
        **_menus(),
        **_event_menus(),
    }


def _states() -> dict[str, str]:
    return {
        "failed": gettext("The diagram cannot be drawn. It stands below as text."),
        "error": gettext("Error:"),
        "unsaved": gettext("Changed, not yet in force"),
        "check-failed": gettext("The drawing could not be checked just now. It is still here."),
        "losses": gettext("The editor does not understand all of this file, and would lose:"),
        "element": gettext("Part of the drawing"),
        "whole-process": gettext("The whole process"),
        "choose-part": gettext("Choose something in the drawing, or in the list above, to see what is said about it."),
        "id": gettext("Id:"),
        "required": gettext("needed"),
        "choose": gettext("Choose"),
    }


def _choices() -> dict[str, str]:
    return {
        "no-such-role": gettext("No role has this name"),
        "role-of-lane": gettext("The lane's role"),
        "no-form": gettext("No form: only confirmed"),
        "no-hearing": gettext("Not a hearing"),
        "hearing-internal": gettext("Internal hearing"),
        "hearing-trade": gettext("Trade hearing"),
        "binding-latest": gettext("The version in force when the case gets there"),
        "binding-deployment": gettext("The version deployed together with this one"),
        "repeat-none": gettext("Once"),
        "repeat-parallel": gettext("For each, all at once"),
        "repeat-sequential": gettext("For each, one after another"),
        "repeat-standard": gettext("Again and again, as long as a condition holds"),
        "timer-timeDate": gettext("At a moment"),
        "timer-timeDuration": gettext("After a while"),
        "timer-timeCycle": gettext("Again and again"),
        "any-error": gettext("Empty: any error"),
    }


def _sections() -> dict[str, str]:
    return {
        "section-loop": gettext("How often"),
        "section-scripts": gettext("Before and after"),
        "section-next": gettext("New flow"),
        "section-notes": gettext("Documentation"),
    }


def _fields() -> dict[str, str]:
    return {
        "field-name": gettext("Label"),
        "field-text": gettext("Text"),
        "field-role": gettext("Role"),
        "field-candidateRole": gettext("Who does it"),
        "field-form": gettext("Form"),
        "field-dueDate": gettext("Deadline"),
        "field-followUpDate": gettext("Reminder"),
        "field-instructions": gettext("Instructions"),
        "field-priority": gettext("Priority"),
        "field-excludes": gettext("Not for whoever did"),
        "field-variableName": gettext("Keep all answers as"),
        "field-status": gettext("Status that begins here"),
        "field-script": gettext("Lines"),
        "field-calledDecisionId": gettext("Decision"),
        "field-calledElement": gettext("Process"),
        "field-binding": gettext("Version"),
        "field-hearing": gettext("Hearing"),
        "field-operation": gettext("Operation"),
        "field-resultVariable": gettext("Keep the result as"),
        "field-repeat": gettext("Is done"),
        "field-loopCondition": gettext("As long as"),
        "field-loopMaximum": gettext("At most so many times"),
        "field-testBefore": gettext("Ask before the first time"),
        "field-loopCardinality": gettext("Number of times"),
        "field-loopDataInputRef": gettext("For each of the list"),
        "field-inputDataItem": gettext("One of them is called"),
        "field-loopDataOutputRef": gettext("Gather the answers in"),
        "field-outputDataItem": gettext("One answer is called"),
        "field-completionCondition": gettext("Finished as soon as"),
        "field-candidateFrom": gettext("Whom it is for"),
        "field-ballot": gettext("Kind of ballot"),
        "field-preScript": gettext("Lines before"),
        "field-postScript": gettext("Lines after"),
        "field-connect": gettext("Leads to"),
        "field-documentation": gettext("What it is for"),
        "field-conditionExpression": gettext("Taken when"),
        "field-default": gettext("Taken when nothing else holds"),
        "field-order": gettext("Asked as number"),
        "field-cancelActivity": gettext("Ends the activity"),
        "field-timer": gettext("Comes"),
        "field-time": gettext("Time"),
        "field-condition": gettext("As soon as"),
        "field-message": gettext("Message"),
        "field-messagePayload": gettext("What it carries"),
        "field-messageVariable": gettext("Keep what it brings as"),
        "field-signal": gettext("Signal"),
        "field-error": gettext("Error code"),
        "field-escalation": gettext("Escalation code"),
    }


def _helps() -> dict[str, str]:
    days = "working days(15)"
    return {
        "help-dueDate": gettext("An expression, such as %(example)s.", example=days),
        "help-followUpDate": gettext("An expression, such as %(example)s.", example="working days(10)"),
        "help-priority": gettext("An expression that gives 0 to 100. Without one it is 50."),
        "help-instructions": gettext("Markdown. %(example)s puts in a value.", example="{{ title }}"),
        "help-script": gettext("One %(example)s on each line.", example="name = expression"),
        "help-preScript": gettext("One %(example)s on each line.", example="name = expression"),
        "help-postScript": gettext("One %(example)s on each line.", example="name = expression"),
        "help-conditionExpression": gettext("An expression, such as %(example)s.", example="present >= 5"),
        "help-time": gettext("An expression, such as %(example)s.", example=days),
        "help-order": gettext("The first way whose condition holds is taken."),
        "help-candidateFrom": gettext("An expression that gives a role, a person or an organisation."),
        "help-loopDataInputRef": gettext("The name of a list."),
        "help-completionCondition": gettext("Empty: when all are done."),
    }


def _menus() -> dict[str, str]:
    """What bpmn-js says in its own menus, by its English."""
    return {
        "Append task": gettext("Add a task behind"),
        "Append gateway": gettext("Add a choice behind"),
        "Append end event": gettext("Add an end behind"),
        "Append intermediate/boundary event": gettext("Add an event behind"),
        "Append receive task": gettext("Wait for a message"),
        "Append message intermediate catch event": gettext("Wait for a message"),
        "Append timer intermediate catch event": gettext("Wait for a time"),
        "Append condition intermediate catch event": gettext("Wait for a condition"),
        "Append conditional intermediate catch event": gettext("Wait for a condition"),
        "Append signal intermediate catch event": gettext("Wait for a signal"),
        "Add text annotation": gettext("Add a note"),
        "Change element": gettext("Change the kind"),
        "Change type": gettext("Change the kind"),
        "Connect to other element": gettext("Draw a flow"),
        "Connect using association": gettext("Draw a line to the note"),
        "Delete": gettext("Remove"),
        "Add lane above": gettext("Add a lane above"),
        "Add lane below": gettext("Add a lane below"),
        "Divide into two lanes": gettext("Divide into two lanes"),
        "Divide into three lanes": gettext("Divide into three lanes"),
        "User task": gettext("Task for a person"),
        "Manual task": gettext("Task without a form"),
        "Service task": gettext("Operation"),
        "Script task": gettext("Calculation"),
        "Business rule task": gettext("Decision table"),
        "Send task": gettext("Send a message"),
        "Receive task": gettext("Wait for a message"),
        "Call activity": gettext("Another process"),
        "Sub-process": gettext("Sub-process"),
        "Sub-process (collapsed)": gettext("Sub-process, folded"),
        "Sub-process (expanded)": gettext("Sub-process, unfolded"),
        "Exclusive gateway": gettext("Choice"),
        "Parallel gateway": gettext("All ways"),
        "Inclusive gateway": gettext("One or more ways"),
        "Event-based gateway": gettext("Whatever comes first"),
        "Start event": gettext("Start"),
        "End event": gettext("End"),
        "Sequence flow": gettext("Flow"),
        "Default flow": gettext("Taken when nothing else holds"),
        "Conditional flow": gettext("Flow with a condition"),
        "Parallel multi-instance": gettext("For each, all at once"),
        "Sequential multi-instance": gettext("For each, one after another"),
        "Loop": gettext("Again and again"),
    }


def _event_menus() -> dict[str, str]:
    """The same for events: bpmn-js has a name for each kind in each place."""
    said: dict[str, str] = {}
    for kind, what in events().items():
        name = kind.capitalize()
        edge = gettext("On the edge: %(what)s", what=what)
        said |= {
            f"{name} start event": gettext("Start: %(what)s", what=what),
            f"{name} intermediate catch event": gettext("Wait for %(what)s", what=what),
            f"{name} intermediate throw event": gettext("Bring about %(what)s", what=what),
            f"{name} boundary event": edge,
            f"{name} boundary event (non-interrupting)": gettext("%(edge)s, the activity goes on", edge=edge),
            f"{name} end event": gettext("End with %(what)s", what=what),
        }
    return said

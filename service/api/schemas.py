"""The public words and shapes of the API."""

from marshmallow import Schema, fields, validate

ID = validate.Length(min=1, max=36)
KEY = validate.Length(min=1, max=200)


class Fault(Schema):
    """One thing wrong with what was sent."""

    pointer = fields.String(metadata={"description": "where: a JSON pointer, or file#element of a bundle"})
    detail = fields.String()
    rule = fields.String()


class Problem(Schema):
    """An error (RFC 9457)."""

    type = fields.String(metadata={"description": "the page of this service that says what the error means"})
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    errors = fields.List(fields.Nested(Fault))
    trace = fields.String(metadata={"description": "finds the entry in the operator's log"})


class Incident(Schema):
    """A step that could not be made; its move waits for help."""

    id = fields.String()
    case_id = fields.String()
    instance_id = fields.String()
    activity = fields.String(allow_none=True)
    kind = fields.String()
    message = fields.String()
    place = fields.String(allow_none=True)
    expression = fields.String(allow_none=True)
    tries = fields.Integer(metadata={"description": "how often the step was made in vain"})
    tried_at = fields.String(allow_none=True)
    opened_at = fields.String()
    resolved_at = fields.String(allow_none=True)


class Task(Schema):
    """A task, as the person sees it whose token was sent."""

    id = fields.String()
    case_id = fields.String()
    instance_id = fields.String()
    activity = fields.String(metadata={"description": "the id of the element in the diagram"})
    name = fields.String()
    kind = fields.String()
    state = fields.String(metadata={"enum": ["open", "claimed", "completed", "cancelled"]})
    role = fields.String(allow_none=True)
    assignee = fields.String(allow_none=True)
    assignee_name = fields.String(allow_none=True)
    item = fields.Integer(
        allow_none=True, metadata={"description": "the place of its item, from 0, where a task is given to several"}
    )
    about = fields.String(allow_none=True, metadata={"description": "what its item is called, where it has a name"})
    priority = fields.Integer()
    form = fields.String(allow_none=True)
    due_at = fields.String(allow_none=True)
    follow_up_at = fields.String(allow_none=True)
    opened_at = fields.String()
    claimed_at = fields.String(allow_none=True)
    closed_at = fields.String(allow_none=True)
    suspended_at = fields.String(allow_none=True, metadata={"description": "since when its case is suspended"})
    moves = fields.List(fields.String(), metadata={"description": "what she may do with it now"})


class Paper(Schema):
    """What somebody answered: to a task, or (`task` null) to the form that the case began with."""

    task = fields.String(allow_none=True)
    activity = fields.String()
    title = fields.String()
    process = fields.String()
    who = fields.String(allow_none=True)
    role = fields.String(allow_none=True)
    organisation = fields.String(allow_none=True)
    at = fields.String()
    withheld = fields.Boolean(metadata={"description": "you may know that there is an answer, and not what it says"})
    answers = fields.Dict(metadata={"description": 'opened where sealed; `{"erased": {at, basis}}` where erased'})
    since = fields.Dict(metadata={"description": "what stood there before, of answers that the form compares"})


class Papers(Schema):
    """What lies before a task."""

    before = fields.List(fields.Nested(Paper), metadata={"description": "answered immediately before it"})
    grounds = fields.List(fields.Nested(Paper), metadata={"description": "what its form shows (`x-shows`)"})
    earlier = fields.List(fields.Nested(Paper), metadata={"description": "the rest, the newest first"})
    begun = fields.Dict(metadata={"description": "with what its fields begin (`x-from`)"})


class TaskPage(Task):
    """A task with what its page needs."""

    form_schema = fields.Dict(allow_none=True)
    form_ui = fields.Dict(allow_none=True)
    instructions = fields.String(allow_none=True)
    papers = fields.Nested(Papers)
    draft = fields.Dict(allow_none=True, metadata={"description": "her own: `answers` and the `version` to go on from"})


class Inbox(Schema):
    """A page of tasks, the most urgent first."""

    tasks = fields.List(fields.Nested(Task))
    next = fields.String(allow_none=True, metadata={"description": "the cursor of the next page; null on the last"})


class InboxQuery(Schema):
    """Which tasks."""

    scope = fields.String(
        load_default="all",
        validate=validate.OneOf(["mine", "roles", "all"]),
        metadata={"description": "hers, those that her roles may take, or both"},
    )
    cursor = fields.String(load_default=None, validate=validate.Length(max=200))
    limit = fields.Integer(load_default=25, validate=validate.Range(1, 100))


class Assignment(Schema):
    """To whom."""

    person = fields.String(required=True, validate=ID)


class Completion(Schema):
    """The answers to the task's form."""

    answers = fields.Dict(keys=fields.String(), load_default=dict)


class Draft(Schema):
    """Answers on their way. `version` is that of the draft they were written on from; 0: there was none."""

    answers = fields.Dict(keys=fields.String(), required=True)
    version = fields.Integer(load_default=0, validate=validate.Range(0, 2**31))


class Saved(Schema):
    """A kept draft."""

    version = fields.Integer()
    saved_at = fields.String()


class Completed(Schema):
    """A completed task and what it led to. With an incident the answers are kept and the case waits for help."""

    task = fields.Nested(Task)
    opened = fields.List(fields.Nested(Task))
    instance_status = fields.String()
    incident = fields.Nested(Incident, allow_none=True)


class Start(Schema):
    """What to start. Without a start form the variables are taken as they are: they may hold nothing personal."""

    definition = fields.String(required=True, validate=KEY)
    variables = fields.Dict(keys=fields.String(), load_default=dict)
    business_key = fields.String(load_default=None, allow_none=True, validate=KEY)


class Instance(Schema):
    """One run of a process."""

    id = fields.String()
    case_id = fields.String()
    parent_id = fields.String(allow_none=True)
    definition = fields.String()
    digest = fields.String()
    business_key = fields.String(allow_none=True)
    status = fields.String(metadata={"enum": ["active", "completed", "error", "cancelled", "terminated", "incident"]})
    started_at = fields.String()
    ended_at = fields.String(allow_none=True)
    end_event = fields.String(allow_none=True)
    variables = fields.Dict(
        allow_none=True,
        metadata={
            "description": "when it has ended, with sealed values sealed; "
            '`{"withheld": true}` for what would tell a vote in a ballot that is open or secret'
        },
    )
    tasks = fields.List(fields.Nested(Task))


class Started(Instance):
    """A started instance, or the incident that kept it from starting."""

    incident = fields.Nested(Incident, allow_none=True)


class InstancePage(Instance):
    """An instance with the unresolved incidents of its case."""

    incidents = fields.List(fields.Nested(Incident))


class JournalQuery(Schema):
    """Which entries."""

    after = fields.Integer(load_default=-1, validate=validate.Range(-1, 2**53))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))


class Head(Schema):
    """Where a stream stands."""

    seq = fields.Integer()
    hash = fields.String()


class Journal(Schema):
    """Entries of a case's stream, as they were written."""

    stream = fields.String()
    head = fields.Nested(Head)
    entries = fields.List(fields.Dict())
    next = fields.Integer(allow_none=True)


class Definition(Schema):
    """A process that can be started now."""

    key = fields.String()
    bundle = fields.String()
    digest = fields.String()
    version = fields.Integer()
    deployed_at = fields.String()


class Definitions(Schema):
    """What is in force."""

    definitions = fields.List(fields.Nested(Definition))


class DeployQuery(Schema):
    """How to deploy."""

    translate = fields.Boolean(
        load_default=False, metadata={"description": "a foreign engine's bundle: make it one of ours first"}
    )
    create_roles = fields.Boolean(
        load_default=False, metadata={"description": "make the roles that lanes name and the workspace lacks"}
    )
    note = fields.String(load_default="", validate=validate.Length(max=1000))


class Finding(Schema):
    """What a check found."""

    rule = fields.String()
    level = fields.String()
    element = fields.String(allow_none=True)
    file = fields.String(allow_none=True)
    message = fields.String()
    trace = fields.List(fields.String())


class Change(Schema):
    """A text of a foreign bundle that was put into another."""

    file = fields.String()
    element = fields.String(allow_none=True)
    place = fields.String()
    before = fields.String()
    after = fields.String()


class RolelessLane(Schema):
    """A lane whose name was no role of the workspace when the bundle came."""

    file = fields.String()
    process = fields.String()
    lane = fields.String()
    name = fields.String()


class Translation(Schema):
    """What was done to a foreign bundle, and which of its processes can run."""

    changes = fields.List(fields.Nested(Change))
    lanes = fields.List(fields.Nested(RolelessLane))
    findings = fields.List(fields.Nested(Finding))
    executable = fields.List(fields.String())


class Deployed(Schema):
    """A bundle in force, or waiting to be."""

    key = fields.String()
    digest = fields.String()
    version = fields.Integer(allow_none=True, metadata={"description": "null while it waits for approval"})
    unchanged = fields.Boolean(metadata={"description": "this very bundle was in force already"})
    approval = fields.String(allow_none=True, metadata={"description": "what a second person approves or withdraws"})
    start_process = fields.String(allow_none=True)
    processes = fields.List(fields.String())
    roles_created = fields.List(fields.String())
    findings = fields.List(fields.Nested(Finding))
    translation = fields.Nested(Translation, allow_none=True)


class Approval(Schema):
    """A version that waits for a second person's approval."""

    id = fields.String()
    key = fields.String()
    title = fields.String()
    digest = fields.String()
    note = fields.String()
    by = fields.String(allow_none=True)
    at = fields.String()
    own = fields.Boolean(metadata={"description": "you wrote it, so somebody else approves it"})


class Approvals(Schema):
    """What waits for approval."""

    approvals = fields.List(fields.Nested(Approval))


class Withdrawn(Schema):
    """A version that waits no longer."""

    key = fields.String()
    digest = fields.String()


class Retried(Schema):
    """An incident after another try."""

    incident = fields.Nested(Incident)
    opened = fields.List(fields.Nested(Task))


class Message(Schema):
    """A mail or a notice on its way out. Neither its address nor its text is here."""

    id = fields.String(metadata={"description": "the Message-ID or webhook-id that it is sent with, each time"})
    kind = fields.String(validate=validate.OneOf(["mail", "webhook", "file"]))
    state = fields.String(validate=validate.OneOf(["waiting", "sent", "dead"]))
    case_id = fields.String(allow_none=True)
    recipient = fields.String(metadata={"description": "the id of the person or of the webhook"})
    attempts = fields.Integer()
    error = fields.String(allow_none=True, metadata={"description": "why the last try failed"})
    created_at = fields.String()
    next_at = fields.String()


class Outbox(Schema):
    """A page of messages, the oldest first."""

    messages = fields.List(fields.Nested(Message))
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata={"description": "by state"})
    next = fields.String(allow_none=True, metadata={"description": "the cursor of the next page; null on the last"})


class OutboxQuery(Schema):
    """Which messages."""

    state = fields.String(load_default="dead", validate=validate.OneOf(["waiting", "sent", "dead"]))
    cursor = fields.String(load_default=None, validate=ID)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

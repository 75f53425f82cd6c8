from dataclasses import fields

from service.domain.facts import Fact, RoleAdded, TaskCompleted
from service.domain.kinds import KINDS

PINNED = {
    "account.created": "account administrator",
    "activity.skipped": "activity flow incident instance reason",
    "backup.made": "digest rows schema",
    "ballot.closed": "abstained against amendment ballot eligible eligible_hash in_favour outcome recused result",
    "ballot.opened": "ballot eligible eligible_hash item of question rules",
    "body.established": "body lead of seats target",
    "bundle.deployed": "author bundle deployment key number processes",
    "call.bound": "activity bundle child instance process task",
    "cases.replayed": "cases differ different not_replayed same",
    "clock.moved": "to",
    "case.cancelled": "reason",
    "case.closed_off": "basis readers reason",
    "case.handed_over": "receipt retention",
    "case.opened_up": "reason",
    "case.read": "what",
    "case.exported": "digest disclosed withheld",
    "case.resumed": "reason",
    "case.status_changed": "activity status",
    "case.suspended": "reason",
    "database.restored": "broken digest made_at rows schema",
    "database.re_erased": "documents erasures list listed people values",
    "deployment.proposed": "bundle deployment key",
    "deployment.withdrawn": "bundle deployment key",
    "disclosures.erased": "basis commitments",
    "document.added": "by digest document media_type size",
    "erasure.done": "basis copies documents erasure people requested_by",
    "erasure.refused": "erasure",
    "erasure.repeated": "approved_by at basis documents erasure people requested_by",
    "erasure.requested": "basis commitments documents erasure people reason",
    "escalation.uncaught": "activity code instance",
    "evaluation.made": "activity instance of record",
    "hearing.answered": "hearing late objection organisation points response",
    "hearing.closed": "answers hearing objections outcome",
    "hearing.extended": "due_on hearing",
    "hearing.opened": "draft due_on hearing invited of round",
    "history.exported": "cases digest entries format left_out objects process since until",
    "held.searched": "by case documents people person records values",
    "incident.opened": "activity expression fault incident instance move place",
    "incident.resolved": "incident",
    "incident.tried": "how incident reason",
    "instance.cancelled": "instance passed state",
    "instance.ended": "code end_event instance outcome",
    "instance.migrated": "bundle instance passed previous process reason renamed state",
    "instance.started": "bundle instance passed process state variables",
    "log.exported": "digest size",
    "log.keyed": "key replaces signed_by_new signed_by_old",
    "mail.queued": "mails of",
    "mailbox.changed": "person",
    "measure.added": "measure number origin strength",
    "measure.changed": "due_on measure responsible status",
    "measure.reported": "after before light measure report",
    "membership.begun": "membership organisation valid_from",
    "membership.ended": "membership organisation reason valid_to",
    "message.delivered": "keys message passed payload state",
    "message.expired": "message name",
    "message.kept": "expires_at message name",
    "message.received": "message name sender",
    "message.refused": "message name",
    "message.sent": "activity instance keys message payload",
    "notice.given": "notice of target",
    "notice.queued": "notices",
    "operation.called": "activity instance operation parameters result",
    "outbox.died": "error message of tries",
    "outbox.discarded": "messages reason",
    "outbox.sent": "message of",
    "outbox.sent_again": "messages",
    "password.set": "account",
    "organisation.registered": "of organisation origin",
    "person.added": "account person",
    "person.exported": "digest person reason",
    "representative.ended": "organisation person reason representative valid_to",
    "representative.named": "organisation person representative valid_from",
    "reply.given": "link organisation task",
    "reply.invited": "expires_at link organisation task",
    "rights.raised": "account person roles",
    "role.added": "label role",
    "role.ended": "holding person reason role valid_to",
    "role.granted": "case holding person role valid_from valid_to",
    "signal.delivered": "passed payload signal state",
    "seat.ended": "body organisation reason seat valid_to",
    "seat.taken": "body organisation seat votes",
    "setting.changed": "reference setting valid_from value version",
    "strategy.registered": "goals origin strategy",
    "target.adopted": "ballot digest number target version",
    "target.drafted": "digest target version",
    "target.proposed": "of target version",
    "target.published": "digest number supersedes target valid_from version",
    "target.registered": "number origin status target version",
    "target.status_changed": "after before target version",
    "task.answered": "answers incident instance replaces task",
    "task.assigned": "person task",
    "task.cancelled": "task",
    "task.claimed": "task",
    "task.completed": "answers instance passed state task",
    "task.opened": "activity candidate drawn_role due_at instance role task",
    "task.readdressed": "activity candidate drawn_role instance role task",
    "task.released": "task",
    "timer.cleared": "timer",
    "timer.fired": "instance passed state timer",
    "timer.set": "activity due_at instance timer",
    "token.created": "account expires_at token",
    "variables.corrected": "activity after before incident instance reason",
    "webhook.added": "kinds webhook",
    "webhook.removed": "webhook",
    "witness.added": "of witness",
    "witness.removed": "witness",
    "vote.cast": "ballot organisation",
}
"""The shapes of version 1. They are never edited: what an entry of today says, a reader in ten years must know."""


ADDED = {"engine": None, "content": None, "answered_at": None}
"""What came to shapes of version 1 later, and what an entry means that does not have it."""


def test_the_shapes_of_version_1_are_what_they_were():
    shapes = {kind: fields(shape) for (kind, v), shape in KINDS.items() if v == 1}
    found = {kind: " ".join(sorted(it.name for it in shape if it.name not in ADDED)) for kind, shape in shapes.items()}
    assert found == PINNED
    defaults = {(it.name, it.default) for shape in shapes.values() for it in shape if it.name in ADDED}
    assert defaults == set(ADDED.items()), "an entry that was written before says the same as ever"


def test_every_fact_can_be_read_again_by_its_kind_and_version():
    assert all(issubclass(shape, Fact) for shape in KINDS.values())
    assert KINDS["role.added", 1] is RoleAdded


def test_what_is_absent_is_left_out():
    fact = TaskCompleted(task="t", instance="i", state="s")
    assert fact.data() == {"task": "t", "instance": "i", "state": "s"}

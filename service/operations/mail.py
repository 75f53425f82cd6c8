"""Mail that a diagram sends (the service task `mail.send`)."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from marshmallow import ValidationError, fields, validate

from service.domain.errors import ParametersRefused
from service.domain.outgoing_facts import MailQueued
from service.domain.sentences import say
from service.engine.looking import filled
from service.operations.fields import text
from service.operations.registry import Place, operation
from service.store import mailboxes, organisations, people
from service.store.tables import Outgoing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Written(TypedDict):
    """How many mails were written: one to each of them who has given an address."""

    mails: int


class Recipients(fields.Field[Any]):
    """A role's key or label, or the id of a person or an organisation; or a list of such."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:  # noqa: ARG002
        names = [value] if isinstance(value, str) else value
        if isinstance(names, list) and 1 <= len(names) <= 200 and all(isinstance(it, str) and it for it in names):
            return names
        raise ValidationError("A role, a person or an organisation, or a list of them.")


@operation(
    "mail.send",
    to=Recipients(required=True),
    subject=text(required=True),
    text=fields.String(required=True, validate=validate.Length(min=1, max=20_000)),
    values=fields.Dict(load_default=dict, allow_none=True),
)
def send(session: "Session", place: Place, asked: Mapping[str, Any]) -> Written:
    """Write a mail to a role, a person or an organisation. `{{ … }}` in subject and text see the entries of `values`.

    It goes to each of them who has given an address, whatever she wished about mail on tasks. What a form seals is not
    in it: an expression does not see it. Where the service sends no mail, none is written. Raises `ParametersRefused`
    for a recipient whom the workspace does not know, and for a text that cannot be filled.
    """
    found = {person for name in asked["to"] for person in _people(session, place, name)}
    subject, body = (_filled(place, asked, name) for name in ("subject", "text"))
    if not place.mails:
        return {"mails": 0}
    rows = [
        Outgoing(
            workspace_id=place.workspace_id,
            id=place.new_id(),
            case_id=place.case_id,
            kind="mail",
            recipient=person,
            payload={"letter": "written", "subject": subject, "text": body},
            next_at=place.wall or place.now,
            created_at=place.now,
            trace_id=place.trace,
        )
        for person in sorted(found)
    ]
    session.add_all(rows)
    if rows:
        place.tell(MailQueued(of="written", mails={row.id: row.recipient for row in rows}))
    return {"mails": len(rows)}


def _people(session: "Session", place: Place, name: str) -> Collection[str]:
    here = place.workspace_id
    role = people.matching_roles(session, here, [name]).get(name)
    if role is not None:
        return mailboxes.of_role(session, here, role, place.case_id, place.now)
    if people.person(session, here, name) is not None:
        return [name] if mailboxes.mailbox(session, here, name) is not None else []
    if organisations.known(session, here, [name]):
        return mailboxes.of_organisation(session, here, name, place.now)
    raise ParametersRefused(name="mail.send", reason=say("nobody here is called “%(name)s”", name=name[:100]))


def _filled(place: Place, asked: Mapping[str, Any], name: str) -> str:
    text = filled(asked[name], asked["values"] or {}, place.now, place.calendar)
    if text is None:
        raise ParametersRefused(
            name="mail.send", reason=say("the %(part)s asks for what is not among the values", part=name)
        )
    return " ".join(text.split()) if name == "subject" else text

"""What every command about mail, webhooks and witnesses does, done once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from service.commands import deployments, mailboxes, outbox, webhooks, witnesses
from service.domain.actors import operator
from service.domain.outbox import TRIES
from service.post import Webhooks
from service.queries import bundles
from service.runtime.command import Call
from service.store import db
from service.store.tables import Outgoing
from tests.app.house import waiting as rest


def outgoing(done: Callable[..., Any], asked: Call, person: str | None) -> None:
    """Do each with `done(name, verb, ...)`, as the operator."""
    by = Call(operator("pogi"), replace(asked.ports, http=Webhooks(), mail=lambda _letter: None))
    done("mailboxes.choose", mailboxes.choose, "bo@example.dk", "daily", "da", "bo")
    now = asked.ports.now() + timedelta(days=1)
    done("mailboxes.write_daily", mailboxes.write_daily, person, now, ["task"], [], by=by)
    witness = done("witnesses.add", witnesses.add, "webhook", "https://example.dk/log", by=by)["id"]
    done("witnesses.remove", witnesses.remove, witness, by=by)
    hook = done("webhooks.add", webhooks.add, "https://example.dk/in", ["bundle.deployed"], by=by)["id"]
    deployments.deploy(by, bundles.sent(rest()), "", True)
    done("outbox.try_now", outbox.try_now, hook, by=by)
    (mail,), (event,) = (outbox.lease(by, "relay", [kind])["messages"] for kind in ("mail", "webhook"))
    done("outbox.mark_sent", outbox.mark_sent, mail["id"], "relay", by=by)
    done("outbox.mark_failed", outbox.mark_failed, event["id"], "relay", "gone", True, by=by)
    done("outbox.send_again", outbox.send_again, [event["id"]], by=by)
    outbox.give_back(by, hook, "relay")
    again = silent_to_the_last(by, hook)
    done("outbox.mark_silent", outbox.mark_silent, hook, "another", "unreachable:timeout", by=by)
    done("outbox.discard", outbox.discard, [again], "receiver-gone", by=by)
    done("webhooks.remove", webhooks.remove, hook, by=by)


def silent_to_the_last(by: Call, hook: str) -> str:
    """The event that waits for a receiver, taken for its last try: the next dies of silence."""
    with db.transaction() as session:
        session.execute(update(Outgoing).where(Outgoing.recipient == hook).values(attempts=TRIES - 1))
    (again,) = outbox.lease(by, "another", ["webhook"])["messages"]
    return str(again["id"])

"""The relay: takes what waits in the outbox, sends it through the ports, and says what became of it.

Sending happens outside any transaction. A relay that dies between sending and marking leaves a message that another
sends again once the lease is over, under the same id: every message arrives at least once.
"""

import json
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import current_app

from service.commands import outbox as commands
from service.domain import traces
from service.domain.actors import scheduler
from service.domain.events import cloud_event
from service.domain.outbox import LEASE, MARGIN, Kind
from service.domain.outgoing import Drop, Letter, Notice, Undelivered
from service.domain.ports import Ports
from service.domain.witnesses import LETTER, file_name, notes
from service.identity.callers import PORTS, call_as
from service.queries import letters, outbox, webhooks, witnesses
from service.queries.letters import About

WORDS = "mandat.letters"
"""Where an application keeps what puts a mail into words: `words(about, address of the workspace)` gives subject and
text."""

ADDRESS = "mandat.address"
"""Where an application keeps the address under which people reach it, without a slash at the end; "" if it has none."""

Words = Callable[[About, str], tuple[str, str]]
log = logging.getLogger("mandat.relay")


def round_of(workspace_id: str, span: timedelta = LEASE) -> int:
    """Send what is due in a workspace, a batch of it at most; gives how many messages were taken.

    `span` is how long they are taken for.
    """
    ports: Ports = current_app.extensions[PORTS]
    ways: dict[Kind, object] = {"mail": ports.mail, "webhook": ports.http, "file": ports.files}
    kinds = [kind for kind, way in ways.items() if way is not None]
    if not kinds or not outbox.is_due(workspace_id, kinds, ports.wall()):
        return 0
    us, holder = call_as(scheduler(workspace_id)), secrets.token_hex(8)
    begun = ports.wall()
    taken = commands.lease(us, holder, kinds, span)["messages"]
    silent: set[str] = set()  # who does not answer is not asked again in this round
    for message in taken:
        if ports.wall() - begun > span - min(MARGIN, span / 2):
            break  # what is left comes back when the lease is over, so that no other relay has it at the same time
        call = replace(us, trace=message["trace"])  # what becomes of it belongs to what it came of
        server = "mail" if message["kind"] == "mail" else message["recipient"]
        try:
            if server in silent:
                raise Undelivered("unreachable")
            with traces.under(message["trace"]):
                _send(ports, workspace_id, message)
        except Undelivered as undelivered:
            if undelivered.reason == "unreachable":
                silent.add(server)
            commands.mark_failed(call, message["id"], holder, undelivered.reason, undelivered.final)
        except Exception:
            log.exception("a message could not be written", extra={"outbox": message["id"], "trace": message["trace"]})
            commands.mark_failed(call, message["id"], holder, "fault", False)
        else:
            commands.mark_sent(call, message["id"], holder)
    return len(taken)


def _send(ports: Ports, workspace_id: str, message: Mapping[str, Any]) -> None:
    """Raises `Undelivered`."""
    address: str = current_app.extensions[ADDRESS]
    here = f"{address}/{workspace_id}/"
    if message["kind"] == "mail":
        assert ports.mail is not None, "mails are taken where there is mail"
        ports.mail(_letter(workspace_id, message, here))
    elif message["kind"] == "webhook":
        assert ports.http is not None, "notices are taken where there is HTTP"
        ports.http(_notice(ports, workspace_id, message, here))
    else:
        assert ports.files is not None, "files are taken where there is a folder"
        ports.files(_drop(workspace_id, message))


def _letter(workspace_id: str, message: Mapping[str, Any], here: str) -> Letter:
    found = letters.about(workspace_id, message["recipient"], message["payload"])
    if found is None:
        raise Undelivered("no-address", final=True)
    words: Words = current_app.extensions[WORDS]
    subject, text = words(found, here)
    return Letter(message["id"], found.to, subject, text, found.language, message["trace"])


def _notice(ports: Ports, workspace_id: str, message: Mapping[str, Any], here: str) -> Notice:
    receiver = witnesses.receiver if message["payload"].get("letter") == LETTER else webhooks.receiver
    found = receiver(workspace_id, message["recipient"])
    if found is None:
        raise Undelivered("gone", final=True)
    event = cloud_event(message["id"], here, message["payload"])
    body = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Notice(message["id"], *found, body, ports.wall(), message["trace"])


def _drop(workspace_id: str, message: Mapping[str, Any]) -> Drop:
    found = witnesses.receiver(workspace_id, message["recipient"])
    if found is None:
        raise Undelivered("gone", final=True)
    files = {file_name(note): note.encode() for note in notes(message["payload"])}
    return Drop(message["id"], found[0], files, message["trace"])

"""The relay: takes what waits in the outbox, sends it through the ports, and says what became of it.

Sending happens outside any transaction. A relay that dies between sending and marking leaves a message that another
sends again once the lease is over, under the same id: every message arrives at least once.
"""

import json
import logging
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

from flask import current_app

from service.commands import outbox as commands
from service.domain import traces
from service.domain.actors import scheduler
from service.domain.events import cloud_event
from service.domain.outbox import LEASE, SILENT, TURN, Kind
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


def round_of(workspace_id: str, among: Collection[Kind] = get_args(Kind), span: timedelta = LEASE) -> int:
    """Send what is due in a workspace, of those kinds: a turn for each receiver that is free, until nothing is left or it has
    gone on for long enough; gives how many messages were taken.

    `span` is how long a receiver is taken for.
    """
    ports: Ports = current_app.extensions[PORTS]
    ways: dict[Kind, object] = {"mail": ports.mail, "webhook": ports.http, "file": ports.files}
    kinds = [kind for kind in among if ways[kind] is not None]
    begun, count = ports.wall(), 0
    while kinds and ports.wall() - begun < TURN and outbox.is_due(workspace_id, kinds, ports.wall()):
        taken = _turn(ports, workspace_id, kinds, span)
        if not taken:
            break  # another relay was faster, and there is another round
        count += taken
    return count


def _turn(ports: Ports, workspace_id: str, kinds: Collection[Kind], span: timedelta) -> int:
    """Send to one receiver what is due for it; gives how many messages were taken.

    One that answers slowly has its turn cut short, and then rests for as long, so that others come before it.
    """
    us, holder, begun = call_as(scheduler(workspace_id)), secrets.token_hex(8), ports.wall()
    taken = commands.lease(us, holder, kinds, span)
    receiver, rests_until = taken["receiver"], None
    for message in taken["messages"]:
        took = ports.wall() - begun
        if took > min(TURN, span / 2):
            rests_until = ports.wall() + took
            break
        call = replace(us, trace=message["trace"])  # what becomes of it belongs to what it came of
        try:
            with traces.under(message["trace"]):
                _send(ports, workspace_id, message)
        except Undelivered as undelivered:
            if undelivered.reason.partition(":")[0] == SILENT:
                _say(
                    message,
                    receiver,
                    undelivered.reason,
                    commands.mark_silent(us, receiver, holder, undelivered.reason),
                )
                return len(taken["messages"])
            marked = commands.mark_failed(call, message["id"], holder, undelivered.reason, undelivered.final)
            _say(message, message["recipient"], undelivered.reason, marked)
        except Exception:
            log.exception("a message could not be written", extra={"outbox": message["id"], "trace": message["trace"]})
            commands.mark_failed(call, message["id"], holder, "fault", False)
        else:
            commands.mark_sent(call, message["id"], holder)
    if receiver is not None:
        commands.give_back(us, receiver, holder, rests_until)
    return len(taken["messages"])


def _say(message: Mapping[str, Any], receiver: str, reason: str, marked: Mapping[str, Any]) -> None:
    """A line of the log for a try that was in vain: whom it was for by id, never an address, and the other side's answer by
    its number, never its words."""
    log.warning(
        "a message did not arrive",
        extra={
            "outbox": message["id"],
            "kind": message["kind"],
            "receiver": receiver,
            "answer": reason,
            "messages": marked.get("messages"),
            "tries": marked.get("tries"),
            "next_at": marked.get("next_at"),
            "dead": marked.get("dead") or None,
            "trace": message["trace"],
        },
    )


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

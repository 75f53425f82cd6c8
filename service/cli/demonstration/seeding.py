"""The demonstration's data, put into the workspaces by the same commands as anybody's, each thing once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from service.cli.wiring import calling
from service.commands import (
    accounts,
    bodies,
    documents,
    measures,
    organisations,
    roles,
    settings,
    targets,
)
from service.domain.errors import AlreadyThere
from service.domain.organisations import STEERING_GROUP
from service.domain.origins import From
from service.domain.ports import SteppedClock
from service.identity import Call, ports
from service.queries import accounts as people
from service.queries import measures as plans
from service.queries import organisations as register
from service.queries import requirements
from service.queries import settings as rules
from service.queries import targets as targets_register
from service.queries.demonstration import layer

WORKSPACES = ("pogi", "lillestrom")
SAMPLE = From("sample")


def seed() -> None:
    """Put everything of the three layers into the workspaces that is not there yet."""
    last = layer("public")["targets"][-1]["key"]
    if any(target["key"] == last for target in targets_register.at_work(calling("pogi").actor)):
        return
    for workspace in WORKSPACES:
        call = calling(workspace)
        _source(call, layer("source")[workspace], fresh=not register.listed(call.actor, ports().now()))
        _sample(call, layer("sample")[workspace])
    _public(calling("pogi"), layer("public")["targets"])


def _once(verb: Callable[..., dict[str, Any]], call: Call, *arguments: Any, **named: Any) -> dict[str, Any] | None:
    """Call a command, a second after the one before, so that what it makes keeps its place in every list."""
    clock = ports().clock
    if isinstance(clock, SteppedClock):
        clock.forward(clock() + timedelta(seconds=1))
    try:
        return verb(call, *arguments, **named)
    except AlreadyThere:
        return None


# --- what the founding documents say ---------------------------------------------------------------------------------


def _source(call: Call, said: Mapping[str, Any], *, fresh: bool) -> None:
    if fresh:
        seed, name = said["document"]["seed"], said["document"]["name"]
        content = requirements.seed(seed)
        _once(documents.add, call, name, "text/plain", content, origin=From("source", seed))
    ids = {it["key"]: _organisation(call, it, From("source", it["ref"])) for it in said.get("organisations", ())}
    for body in said.get("bodies", ()):
        _once(bodies.establish, call, body["key"], body["key"], body["name"], From("source", body["ref"]))
        for key in body.get("seats", ()):
            _once(bodies.seat, call, body["key"], ids[key], False)
    if "strategy" in said:
        _strategy(call, said["strategy"], said["measures"])


def _strategy(call: Call, said: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """The strategy with its goals, and every measure under the first of them, its plan blank as in the document."""
    words = requirements.requirements()
    if not _strategies(call):
        goals = [(words[key].quoted.partition(". ")[2], key) for key in said["goals"]]
        title, main_goal = words[said["title"]].text[-1], words[said["main_goal"]].quoted
        _once(measures.register, call, title, tuple(said["years"]), main_goal, goals, From("source", said["title"]))
    goal = _strategies(call)[0]["goals"][0]["id"]
    for number, row in enumerate(rows, 1):
        origin = From("source", row["ref"])
        _once(measures.add, call, goal, number, words[row["ref"]].quoted, row["strength"], origin)


def _strategies(call: Call) -> list[dict[str, Any]]:
    return list(plans.plan(call.actor, ports().now().date())["strategies"])


# --- what public addresses say -----------------------------------------------------------------------------------------


def _public(call: Call, said: Iterable[Mapping[str, Any]]) -> None:
    for row in said:
        known = targets.Known(
            title=row["title"],
            category=row["title"],
            status=row.get("status"),
            adopted_on=_day(row.get("adopted_on")),
            valid_on=_day(row.get("valid_on")),
            note=row["note"],
        )
        _once(targets.register, call, row["key"], known, From("public", row["address"]))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


# --- what is invented --------------------------------------------------------------------------------------------------


def _sample(call: Call, said: Mapping[str, Any]) -> None:
    for key, label in said["roles"].items():
        _once(roles.add, call, key, label)
    now = {it["key"]: it["value"] for it in rules.listed(call.actor, ports().now())}
    for key, value in said.get("settings", {}).items():
        if now[key] != value:
            _once(settings.change, call, key, value, "Eksempel")
    ids = {it["key"]: _organisation(call, it, SAMPLE) for it in said["organisations"]}
    for key in said.get("seats", ()):
        _once(organisations.admit, call, ids[key])
        _once(bodies.seat, call, STEERING_GROUP, ids[key])
    for person in said["people"]:
        _person(call, person, ids)


def _person(call: Call, said: Mapping[str, Any], ids: Mapping[str, str]) -> None:
    """Somebody whom anybody may be. Who is there already gets what she lacks."""
    account = said["account"]
    _once(accounts.create, call, account, persona=True)
    _once(accounts.join, call, account, said["name"])
    actor = people.named(call.actor.workspace_id, account, ports().now())
    assert actor is not None, "she has just been made a person of this workspace"
    for key in said["roles"]:
        if key not in actor.roles:
            _once(roles.grant, call, account, key)
    if "acts_for" in said and ids[said["acts_for"]] not in actor.organisations:
        _once(organisations.represent, call, ids[said["acts_for"]], actor.person_id)


def _organisation(call: Call, said: Mapping[str, Any], origin: From) -> str:
    """The id of an organisation, which is registered where it is not yet."""
    _once(organisations.register, call, said["name"], said["kind"], origin)
    known = register.listed(call.actor, ports().now())
    return str(next(it["id"] for it in known if it["name"] == said["name"]))

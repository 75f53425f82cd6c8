"""Erasing as it is done: one asks, another approves."""

from collections.abc import Sequence

from service.commands import erasures
from service.domain.actors import Actor
from service.domain.erasures import Wanted
from service.runtime.command import Call
from tests.app.house import House

REASON = "The person has asked for it."


def administrator(house: House, name: str, workspace: str = "pogi") -> Call:
    """A person who administers the workspace, and is nobody else."""
    return Call(Actor(workspace, "test", account_id=name, person_id=name, roles=frozenset({"admin"})), house.ports)


def erase(
    house: House,
    commitments: Sequence[str] = (),
    basis: str = "gdpr-17-1-a",
    *,
    documents: Sequence[str] = (),
    people: Sequence[str] = (),
    workspace: str = "pogi",
) -> str:
    """Erase all of that by due process; gives the id of the erasure."""
    wanted = Wanted(tuple(commitments), tuple(documents), tuple(people))
    one, other = (administrator(house, name, workspace) for name in ("asks", "approves"))
    asked = erasures.request(one, wanted, basis, REASON)
    erasures.approve(other, asked["id"])
    return str(asked["id"])

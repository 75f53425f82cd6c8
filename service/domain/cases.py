"""Who may read a case: the one place where that is decided."""

from service.domain.actors import Actor


def may_read(actor: Actor, case_id: str) -> bool:
    """Whether the actor may read a case of her workspace: who holds a role there, or a role in that case.

    Another workspace's cases are never asked about: every query is within the actor's own.
    """
    in_case = any(held_in == case_id for held_in, _ in actor.case_roles)
    return actor.administrator or bool(actor.roles) or in_case

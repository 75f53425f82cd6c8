"""Organisations: what kinds there are, and who may be a member of the partnership."""

from typing import Literal, get_args

MemberKind = Literal["municipality", "region", "state", "other public"]
"""To whom the partnership is open (P7)."""

StakeholderKind = Literal["trade body", "sme", "ngo", "purchasing community", "research", "other"]
"""Whom it involves (P35): the five types that the terms of reference name, and “mv.”"""

MEMBER_KINDS: tuple[str, ...] = get_args(MemberKind)
STAKEHOLDER_KINDS: tuple[str, ...] = get_args(StakeholderKind)
KINDS = (*MEMBER_KINDS, *STAKEHOLDER_KINDS)

STEERING_GROUP = "steering-group"
LEAD = "wg.lead"
"""The role in which people of its lead act for a working group."""

WORKING_GROUP = "working-group"

Competence = Literal["practice", "other"]
"""What a seat of a working group brings: knowledge of practice, or other relevant expertise (P26)."""

COMPETENCES: tuple[str, ...] = get_args(Competence)


def may_be_member(kind: str) -> bool:
    """Whether an organisation of that kind may join the partnership (P7)."""
    return kind in MEMBER_KINDS

"""Erasing what was sealed: on which legal ground, and that the grounds are a closed list."""

from collections.abc import Mapping

from service.domain.record_errors import LegalBasisUnknown

LEGAL_BASES: Mapping[str, str] = {
    "gdpr-17-1-a": "no longer needed for the purpose it was collected for (GDPR art. 17(1)(a))",
    "gdpr-17-1-b": "consent was withdrawn (GDPR art. 17(1)(b))",
    "gdpr-17-1-c": "the person objects, and no ground overrides it (GDPR art. 17(1)(c))",
    "gdpr-17-1-d": "it was processed unlawfully (GDPR art. 17(1)(d))",
    "gdpr-17-1-e": "law demands its erasure (GDPR art. 17(1)(e))",
    "retention": "its time of retention is over (GDPR art. 5(1)(e))",
}
"""The journal holds no free text: a ground is named by its key."""


def check_basis(basis: str) -> None:
    """Raise `LegalBasisUnknown` for a ground that is not on the list."""
    if basis not in LEGAL_BASES:
        raise LegalBasisUnknown(basis=basis, known=", ".join(LEGAL_BASES))

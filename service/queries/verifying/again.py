"""Running a case of a dossier again, from the dossier alone."""

from service.domain.dossiers import Claim, Verdict
from service.queries.verifying.box import Box
from service.queries.verifying.records import Records


def again(box: Box, records: Records) -> Claim:  # noqa: ARG001
    """Every step comes out as it was written."""
    return Claim("replay", Verdict.UNCHECKED, "…")

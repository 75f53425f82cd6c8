"""Dossiers: a case, or the whole log of a workspace, as files that somebody takes home and verifies without us."""

from service.queries.dossiers.case import Gathered, case
from service.queries.dossiers.packing import Packed, pack
from service.queries.dossiers.seals import seal
from service.queries.dossiers.whole import write_log

__all__ = ["Gathered", "Packed", "case", "pack", "seal", "write_log"]

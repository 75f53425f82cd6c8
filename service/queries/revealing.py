"""Opening what was sealed, for a reader who may read it; and the names of what answers hold the ids of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.domain.disclosures import Opened, commitments, revealed
from service.forms.answers import is_id
from service.store import disclosures, documents, organisations

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Openings:
    """What opens the sealed values in some answers, read by one statement for all of them."""

    def __init__(self, session: "Session", workspace_id: str, sealed: Iterable[Any]) -> None:
        wanted = {it for value in sealed for it in commitments(value)}
        self._opened, self._gone = disclosures.opened(session, workspace_id, wanted)

    def of(self, value: Any) -> Any:
        """The value with `Opened`, `Erased` or `Broken` wherever it was sealed."""
        return revealed(value, self._opened, self._gone)


@dataclass(frozen=True, slots=True)
class Name:
    """What an id in an answer stands for: an organisation, or a document that can be fetched."""

    text: str
    document: bool = False


def names_in(session: "Session", workspace_id: str, values: Iterable[Any]) -> dict[str, Name]:
    """The names of the organisations and documents whose ids stand in answers. Asks nothing where no ids do."""
    ids = {it for value in values for it in _ids(value)}
    if not ids:
        return {}
    known = organisations.known(session, workspace_id, ids)
    files = documents.some(session, workspace_id, ids - known.keys())
    return {key: Name(row.name) for key, row in known.items()} | {it.id: Name(it.name, document=True) for it in files}


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, Opened):
        yield from _ids(value.value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids(inner)
    elif isinstance(value, str) and is_id(value):
        yield value

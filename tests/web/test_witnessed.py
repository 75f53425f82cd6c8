"""The page that checks a case's record says how far witnesses outside can hold the service to it."""

import re

from service.commands import documents, witnesses
from service.domain.notes import read
from service.store import db
from service.store.tables import Witness
from tests.app.house import House
from tests.app.logged import logged
from tests.app.taken import Taken
from tests.app.visiting import visiting
from tests.web.reading import seen


def test_it_says_how_many_entries_stand_under_what_a_witness_has(sqlite_house: House):
    taken = Taken.of(logged(sqlite_house))
    case = taken.case()
    for name in ("a", "b"):
        witnesses.add(taken.logged.house.operator(), "mail", f"{name}@example.dk")
    taken.logged.round()
    auditor = visiting(taken.logged.house, "arne", "auditor")
    address = f"/pogi/cases/{case}/timeline?check=1"
    assert "Ikke bevidnet udefra" in seen(auditor.get(address).text), "they are told, and have nothing yet"
    size = read(taken.logged.note()).checkpoint.size
    with db.transaction() as session:  # as when two mails have gone out
        for row, has in zip(session.query(Witness), (size, size - 1), strict=True):
            row.size = has
    said = seen(auditor.get(address).text)
    assert "2 vidner har fået kontrolpunkter." in said
    assert "Ikke bevidnet udefra" not in said and "Delvis bevidnet" not in said
    whole = re.search(r"([0-9]+) poster står under det største[.]", said)
    assert whole is not None
    documents.add(taken.call, "a.txt", "text/plain", b"x", case)
    said = seen(auditor.get(address).text)
    assert "Delvis bevidnet udefra" in said, "the newest entry is not under it"
    assert f"{whole[1]} poster står under det største." in said

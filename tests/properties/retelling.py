"""Replays every case of a database from its journal: its address comes on standard input, and what does not agree goes
out as JSON, by case.

Run as a program of its own, so that nothing of the process that wrote the journals is there.
"""

import json
import sys

from sqlalchemy import select

from service.app import create_app
from service.domain.actors import operator
from service.queries import replay
from service.settings import Settings
from service.store import db
from service.store.tables import Case


def retold(url: str) -> dict[str, dict[str, str] | None]:
    """The id of every case, with the first place where its replay is not what was recorded, if there is one."""
    with create_app(Settings(database_url=url, secret_key="k" * 32)).app_context():
        with db.reading() as session:
            ids = session.scalars(select(Case.id)).all()
        found = {it: replay.case(operator("pogi"), it)["difference"] for it in ids}
        db.dispose()
    return found


if __name__ == "__main__":
    json.dump(retold(sys.stdin.read()), sys.stdout)

"""Very many tasks, as a large workspace has them."""

from sqlalchemy import text

from service.store import db
from service.store.tables import Task

NUMBERS = "WITH RECURSIVE n(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM n WHERE n < {last}) "


def multiply(task_id: str, there: int, wanted: int) -> None:
    """Make copies of one task, of which so many are there, until `wanted` of them wait."""
    columns = [column.name for column in Task.__table__.columns]
    given = {"id": "'copy-' || n"}
    picked = ", ".join(given.get(name, name) for name in columns)
    numbers = NUMBERS.format(first=there, last=wanted - 1)
    with db.transaction() as session:
        session.execute(
            text(
                f"INSERT INTO tasks ({', '.join(columns)}) {numbers}"  # noqa: S608 - nothing of it is given
                f"SELECT {picked} FROM n, tasks WHERE tasks.id = '{task_id}'"
            )
        )
    with db.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))

"""The queue that wakes workers, on PostgreSQL alone. It says where to look; what is true stands in our own tables.

It is procrastinate's, in a database schema of its own that may be emptied or dropped at any moment: `mend` queues
again whatever our tables say is waiting. Whoever does a job looks first whether it is still to be done.
"""

import importlib.metadata
import logging
import os
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from service.domain.work import FIRE

SCHEMA, NAME = "queue", "mandat"

AHEAD = timedelta(minutes=2)
"""How long before it is due a timer is queued; one that is due later waits in our table alone."""

SILENT = 10.0
"""Seconds after which a worker that has not said that it lives is taken for dead, and its jobs are queued again."""

MENDING, PREPARING = 7_262_000_002, 7_262_000_003  # the advisory locks of whoever does so; any numbers will do
AT_ONCE = 1_000
GONE = {"42P01", "3F000", "42883", "42703"}  # what PostgreSQL calls a table, schema, function, column that is not there
_WHOLE = text(
    "SELECT to_regclass('queue.procrastinate_jobs') IS NOT NULL AND to_regclass('queue.procrastinate_workers') IS NOT NULL"
    " AND to_regclass('queue.procrastinate_events') IS NOT NULL AND to_regproc('queue.procrastinate_defer_jobs_v1') IS NOT NULL"
    " AND to_regproc('queue.procrastinate_fetch_job_v2') IS NOT NULL"
)
NAMED = "ALTER TABLE procrastinate_workers ADD COLUMN name text DEFAULT current_setting('application_name', true)"
"""Which worker is which: each is called by what its connection is called."""

AGAIN = 1.0  # seconds until a worker looks again whether its database is back
log = logging.getLogger("mandat.queue")

Doing = Callable[..., object]
"""What a worker calls for a job, with the job's arguments by name."""


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to be done at `at`, which is aware UTC; `key` names it, so that it waits in the queue once."""

    name: str
    key: str
    at: datetime
    arguments: Mapping[str, str]


def firing(workspace_id: str, case_id: str, timer_id: str, due_at: datetime) -> Job:
    """The job that fires a timer."""
    where = {"workspace_id": workspace_id, "case_id": case_id, "timer_id": timer_id}
    return Job(FIRE, f"timer:{timer_id}", due_at, where)


def prepare(connection: Connection) -> None:
    """Make the queue's tables, anew where they are another version's or something of them is missing. Does nothing on
    SQLite. One process at a time does so; the others wait for it."""
    if connection.dialect.name != "postgresql":
        return
    version = f"procrastinate {importlib.metadata.version('procrastinate')}, workers named"
    stands = text("SELECT obj_description(to_regnamespace(:schema), 'pg_namespace')")

    def sound() -> bool:
        return connection.scalar(stands, {"schema": SCHEMA}) == version and bool(connection.scalar(_WHOLE))

    if sound():
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": PREPARING})
    if sound():
        return  # another process was at it
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 - SQLite never needs it, and it costs 0.3 s

    driver: Any = connection.connection.driver_connection
    driver.execute(
        f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}; COMMENT ON SCHEMA {SCHEMA} IS '{version}';"
        f"SET LOCAL search_path TO {SCHEMA}; {SchemaManager.get_schema()}; {NAMED}; SET LOCAL search_path TO DEFAULT"
    )
    log.warning("the queue was made anew; what is due is queued again from our tables")


def add(session: Session, jobs: Sequence[Job]) -> None:
    """Queue jobs in the transaction of `session`: they are there when it is committed. Does nothing on SQLite.

    What cannot be queued is left to `mend`, for it stands in our tables: a queue that is missing or broken takes no step
    with it. Raises what the database raises when it is gone itself.
    """
    if not jobs or session.get_bind().dialect.name != "postgresql":
        return
    from procrastinate import App, SyncPsycopgConnector  # noqa: PLC0415 - as in `prepare`
    from procrastinate.exceptions import ProcrastinateException  # noqa: PLC0415 - as in `prepare`
    from procrastinate.jobs import Job as Queued  # noqa: PLC0415 - as in `prepare`

    session.flush()  # what is ours fails by itself, and not as if the queue did
    connection = session.connection()
    try:
        with connection.begin_nested():
            App(connector=SyncPsycopgConnector()).job_manager.batch_defer_jobs(
                [
                    Queued(
                        queue=NAME,
                        lock=None,
                        queueing_lock=job.key,
                        task_name=job.name,
                        task_kwargs=dict(job.arguments),
                        scheduled_at=job.at,
                    )
                    for job in jobs
                ],
                connection=connection.connection.driver_connection,
            )
    except ProcrastinateException as error:
        log.warning("the queue takes nothing; workers look into our tables", extra={"why": type(error).__name__})


_DEAD = text("DELETE FROM queue.procrastinate_workers WHERE last_heartbeat < now() - make_interval(secs => :silent)")
_LEFT = text(
    "DELETE FROM queue.procrastinate_jobs"
    " WHERE status NOT IN ('todo', 'doing') OR (status = 'doing' AND worker_id IS NULL)"
)
_LOST = text(
    "SELECT workspace_id, case_id, id, due_at FROM timers WHERE NOT held AND due_at <= :soon AND NOT EXISTS"
    " (SELECT FROM queue.procrastinate_jobs WHERE queueing_lock = 'timer:' || timers.id)"
    " ORDER BY due_at, id LIMIT :most"
)


def mend(session: Session, now: datetime) -> int:
    """Queue what is soon due by our tables and is not in the queue, and what a dead worker had taken; gives how many.

    A queue that is missing or broken is made anew first. One process at a time: where another is at it, this one does
    nothing.
    """
    if not session.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": MENDING}):
        return 0
    if not there(session):
        prepare(session.connection())
    session.execute(_DEAD, {"silent": SILENT})
    session.execute(_LEFT)
    lost = session.execute(_LOST, {"soon": now + AHEAD, "most": AT_ONCE})
    jobs = [firing(*row) for row in lost]
    add(session, jobs)
    return len(jobs)


def there(session: Session) -> bool:
    """Whether the queue is there and whole, where there is to be one."""
    return session.get_bind().dialect.name != "postgresql" or bool(session.scalar(_WHOLE))


def silent_for(session: Session) -> float | None:
    """Seconds since any worker said that it lives; None: there is none, or no queue. It is the last that is asked of a
    session."""
    last = text("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM queue.procrastinate_workers")
    try:
        found = session.scalar(last)
    except ProgrammingError as error:
        if not _gone(error):
            raise
        return None
    return None if found is None else round(float(found), 1)


def _gone(error: ProgrammingError) -> bool:
    """Whether an error says that the queue is not there."""
    return getattr(error.orig, "sqlstate", None) in GONE


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works at the queue: jobs in it, and for each worker what it is called (machine and process) and the seconds since
    it last said that it lives."""

    jobs: int
    workers: tuple[tuple[str, float], ...]

    def within(self, span: float) -> int:
        """How many have said so in the last `span` seconds."""
        return sum(silence < span for _, silence in self.workers)


def crew(session: Session) -> Crew | None:
    """Who works at the queue, by name, and how much is in it; None on SQLite, and where it is not there.
    It is the last that is asked of a session."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    jobs = text("SELECT count(*) FROM (SELECT FROM queue.procrastinate_jobs LIMIT :most) AS few")
    seen = text(
        "SELECT name, extract(epoch FROM now() - last_heartbeat) FROM queue.procrastinate_workers ORDER BY 1, 2 LIMIT 1000"
    )
    try:
        workers = tuple((name or "", round(float(silence), 1)) for name, silence in session.execute(seen))
        return Crew(int(session.scalar(jobs, {"most": 100 * AT_ONCE}) or 0), workers)
    except ProgrammingError as error:
        if not _gone(error):
            raise
        return None


def work(url: URL, doings: Mapping[str, Doing], threads: int) -> None:
    """Do jobs by name, `threads` at a time, until the process is told to end (SIGTERM, SIGINT); then end those begun.

    Where the database is gone it waits for it to come back; where the queue is, for it to be made again.
    """
    from procrastinate.exceptions import ConnectorException  # noqa: PLC0415 - as in `prepare`

    while True:
        try:
            return _work(url, doings, threads)
        except ConnectorException as error:
            if getattr(error.__cause__, "sqlstate", None) in GONE:
                log.warning("the queue is missing or broken; the worker waits until one of them has made it again")
            else:
                log.warning("the database does not answer; the worker waits for it")
            time.sleep(AGAIN)


def _work(url: URL, doings: Mapping[str, Doing], threads: int) -> None:
    from procrastinate import App, PsycopgConnector  # noqa: PLC0415 - as in `prepare`

    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    options = {"options": f"-c search_path={SCHEMA}", "application_name": f"{socket.gethostname()[:50]} {os.getpid()}"}
    app = App(connector=PsycopgConnector(conninfo=address, kwargs=options, min_size=1, max_size=threads + 2))
    for name, doing in doings.items():
        app.task(name=name, queue=NAME)(doing)
    app.run_worker(
        queues=[NAME],
        concurrency=threads,
        delete_jobs="always",  # what became of it stands in our tables
        fetch_job_polling_interval=1.0,
        update_heartbeat_interval=SILENT / 4,
        stalled_worker_timeout=SILENT,
        shutdown_graceful_timeout=30.0,
    )

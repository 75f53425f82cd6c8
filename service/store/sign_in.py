"""Sign-in sessions, and the tries to begin one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import case, delete, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.domain.sign_in import IDLE, LONGEST, WINDOW
from service.store.tables import Account, Person, SignInSession, SignInTries, Workspace
from service.store.tables.base import AwareUTC

_HERE = {"synchronize_session": False}


def account_of(session: Session, digest: str) -> tuple[Account, SignInSession] | None:
    """The account that is signed in under that digest, and since when; None when there is none, or it is disabled."""
    statement = (
        select(Account, SignInSession)
        .join(SignInSession, SignInSession.account_id == Account.id)
        .where(SignInSession.digest == digest, Account.disabled_at.is_(None))
    )
    row = session.execute(statement).first()
    return None if row is None else (row[0], row[1])


def workspaces_of(session: Session, account_id: str) -> Sequence[tuple[str, str]]:
    """The key and name of the workspaces in which an account is a person, by name."""
    statement = (
        select(Workspace.id, Workspace.name)
        .join(Person, Person.workspace_id == Workspace.id)
        .where(Person.account_id == account_id)
        .order_by(Workspace.name)
    )
    return [(key, name) for key, name in session.execute(statement)]


def see(session: Session, digest: str, now: datetime) -> None:
    """Note that a session was used."""
    session.execute(
        update(SignInSession).where(SignInSession.digest == digest).values(seen_at=now), execution_options=_HERE
    )


def end(session: Session, digest: str) -> None:
    """End a session."""
    session.execute(delete(SignInSession).where(SignInSession.digest == digest), execution_options=_HERE)


def end_all(session: Session, account_id: str) -> None:
    """End every session of an account."""
    session.execute(delete(SignInSession).where(SignInSession.account_id == account_id), execution_options=_HERE)


def sweep(session: Session, now: datetime) -> None:
    """Forget the sessions that are over, and the tries that no longer count."""
    over = or_(SignInSession.began_at <= now - LONGEST, SignInSession.seen_at <= now - IDLE)
    session.execute(delete(SignInSession).where(over), execution_options=_HERE)
    session.execute(delete(SignInTries).where(SignInTries.began_at <= now - WINDOW), execution_options=_HERE)


def count(session: Session, key: str, now: datetime) -> int:
    """Count one more try under a key; gives how many it has had since they are counted."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    old = SignInTries.began_at <= now - WINDOW
    again = {
        "tries": case((old, 1), else_=SignInTries.tries + 1),
        "began_at": case((old, literal(now, AwareUTC())), else_=SignInTries.began_at),
    }
    fresh = dialect.insert(SignInTries).values(key=key, tries=1, began_at=now)
    counted = fresh.on_conflict_do_update(index_elements=["key"], set_=again).returning(SignInTries.tries)
    tries: int = session.scalars(counted).one()
    return tries


def forgive(session: Session, keys: Collection[str]) -> None:
    """Take back one try under each key: it was hers."""
    session.execute(
        update(SignInTries).where(SignInTries.key.in_(keys), SignInTries.tries > 0).values(tries=SignInTries.tries - 1),
        execution_options=_HERE,
    )

"""What every subcommand gets, and how an error of ours ends it."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click
from flask import Flask

from service.domain import traces
from service.domain.actors import operator
from service.domain.errors import DatabaseAway, DatabaseBusy, MandatError, Unavailable, WorkspaceNotFound
from service.domain.storage_errors import DatabaseGone
from service.identity import Call, call_as, clockwork
from service.queries import workspaces

SERVICES = {"serve", "worker"}
AGAIN = 2.0
"""Seconds until a database that did not answer is asked again."""

log = logging.getLogger("mandat.cli")


@dataclass(frozen=True, slots=True)
class Wiring:
    """How to make an application, bring its database to the newest form, let go of it, and do a queue's jobs.

    `work` takes what to do by the name of the job, and how many at a time.
    """

    create: Callable[..., Flask]
    upgrade: Callable[[], None]
    dispose: Callable[[], None]
    work: Callable[[Mapping[str, Callable[..., object]], int], None]

    @contextmanager
    def bare(self) -> Iterator[Flask]:
        """An application with its database as it is found, for as long as the context lasts."""
        app = self.create()
        with app.app_context(), traces.under(None):
            try:
                yield app
            finally:
                self.dispose()

    @contextmanager
    def application(self, *, joins: bool = True, waits: bool = False, **settings: Any) -> Iterator[Flask]:
        """An application with its database ready, for as long as the context lasts.

        `joins`: where the database holds a demonstration, it goes by that one's clock; else that is refused. `waits`:
        where the database does not answer, it is asked again until it does.
        """
        app = self.create(**settings)
        with app.app_context(), traces.under(None):
            try:
                while not self._ready(joins, waits):
                    time.sleep(AGAIN)
                yield app
            finally:
                self.dispose()

    def _ready(self, joins: bool, waits: bool) -> bool:
        """Bring the database to the newest form; gives False where it does not answer and is waited for."""
        try:
            self.upgrade()
            clockwork.wind(joins=joins)
        except (DatabaseAway, DatabaseBusy) as error:
            if not waits:
                raise
            log.warning("the database is not there yet and is asked again: %s", error)
            return False
        return True


class Errors(click.Group):
    """A group whose commands end with a sentence and status 1 when something is refused: those that run for long say it in
    the log, which somebody else reads."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand."""
        try:
            return super().invoke(ctx)
        except MandatError as found:
            error = DatabaseAway() if isinstance(found, DatabaseGone) else found  # who runs it can see to it
            if isinstance(error, Unavailable) and ctx.invoked_subcommand in SERVICES:
                log.critical("%s ends: %s", ctx.invoked_subcommand, error)
                ctx.exit(1)
            faults = [f"  {fault.pointer}: {fault.message}" for fault in error.faults]
            raise click.ClickException("\n".join([str(error), *faults])) from found


def calling(workspace: str) -> Call:
    """The operator's call in a workspace. Raises `WorkspaceNotFound`."""
    if workspace not in workspaces.names():
        raise WorkspaceNotFound(key=workspace)
    return call_as(operator(workspace))


in_workspace = click.option("--workspace", default="pogi", show_default=True, help="The workspace's key.")
"""The option that says in which workspace."""

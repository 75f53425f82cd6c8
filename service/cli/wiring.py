"""What every subcommand gets, and how an error of ours ends it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click
from flask import Flask

from service.domain import traces
from service.domain.actors import operator
from service.domain.errors import MandatError, WorkspaceNotFound
from service.identity import Call, call_as, clockwork
from service.queries import workspaces


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
    def application(self, *, joins: bool = True, **settings: Any) -> Iterator[Flask]:
        """An application with its database ready, for as long as the context lasts.

        `joins`: where the database holds a demonstration, it goes by that one's clock; else that is refused.
        """
        app = self.create(**settings)
        with app.app_context(), traces.under(None):
            try:
                self.upgrade()
                clockwork.wind(joins=joins)
                yield app
            finally:
                self.dispose()


class Errors(click.Group):
    """A group whose commands end with a sentence and status 1 when something is refused."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand."""
        try:
            return super().invoke(ctx)
        except MandatError as error:
            faults = [f"  {fault.pointer}: {fault.message}" for fault in error.faults]
            raise click.ClickException("\n".join([str(error), *faults])) from error


def calling(workspace: str) -> Call:
    """The operator's call in a workspace. Raises `WorkspaceNotFound`."""
    if workspace not in workspaces.names():
        raise WorkspaceNotFound(key=workspace)
    return call_as(operator(workspace))


in_workspace = click.option("--workspace", default="pogi", show_default=True, help="The workspace's key.")
"""The option that says in which workspace."""

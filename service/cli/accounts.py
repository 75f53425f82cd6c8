"""`mandat user`, `mandat role`, `mandat token`."""

import re
import sys
from datetime import UTC, datetime, timedelta

import click

from service.cli.wiring import Wiring, calling, in_workspace
from service.commands import accounts, mailboxes, roles
from service.domain.actors import operator
from service.domain.errors import RoleNotFound
from service.domain.journal import INSTALLATION
from service.domain.mail import TONGUES, WISHES
from service.identity import call_as, passwords, ports, tokens
from service.queries import people


class Span(click.ParamType[timedelta]):
    """A length of time such as 30m, 12h or 90d."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length of time that a text means."""
        match = re.fullmatch(r"([1-9][0-9]{0,4})([mhd])", str(value).lower())
        if match is None:
            self.fail("is a number and m, h or d, such as 12h", param, ctx)
        seconds = {"m": 60, "h": 3600, "d": 86_400}[match[2]]
        return timedelta(seconds=int(match[1]) * seconds)


@click.group()
def user() -> None:
    """Accounts and people."""


@user.command("add")
@click.argument("name")
@in_workspace
@click.option("--name", "full_name", help="Her full name; without it the account's.")
@click.option("--role", "held", multiple=True, help="A role that she holds from now on; may be repeated.")
@click.option("--administrator", is_flag=True, help="She administers the whole installation.")
@click.option(
    "--password-stdin", "asked", is_flag=True, help="Read her password from the first line of standard input."
)
@click.pass_obj
def add_user(
    wiring: Wiring,
    name: str,
    workspace: str,
    full_name: str | None,
    held: tuple[str, ...],
    administrator: bool,
    asked: bool,
) -> None:
    """Open the account NAME and make it a person of a workspace. Without a password she cannot sign in to the pages.

    Where a role is not there, nothing is done: `mandat role add` makes it.
    """
    with wiring.application():
        call = calling(workspace)
        known = people.role_labels(call.actor)
        for key in held:
            if key not in known:
                raise RoleNotFound(key=key)
        accounts.create(call, name, administrator, password_hash=_password() if asked else None)
        accounts.join(call, name, full_name or name)
        for key in held:
            roles.grant(call, name, key)
        click.echo(f"{name} is a person of {workspace}.")


@user.command("set-password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, required=True, help="Read it from the first line of standard input.")
@click.pass_obj
def set_password(wiring: Wiring, name: str, password_stdin: bool) -> None:  # noqa: ARG001 - so that nobody types it
    """Give the account NAME another password, and sign it out everywhere."""
    with wiring.application():
        accounts.set_password(call_as(operator(INSTALLATION)), name, _password())
        click.echo(f"{name} has another password.")


@user.command("join")
@click.argument("name")
@in_workspace
@click.option("--name", "full_name", help="Her full name; without it the account's.")
@click.pass_obj
def join(wiring: Wiring, name: str, workspace: str, full_name: str | None) -> None:
    """Make the account NAME a person of another workspace."""
    with wiring.application():
        accounts.join(calling(workspace), name, full_name or name)
        click.echo(f"{name} is a person of {workspace}.")


@user.command("mail")
@click.argument("name")
@click.argument("address")
@in_workspace
@click.option(
    "--wish", type=click.Choice(WISHES), default="daily", show_default=True, help="When she gets mail on tasks."
)
@click.option("--language", type=click.Choice(TONGUES), help="In which language; without it the workspace's.")
@click.pass_obj
def give_address(wiring: Wiring, name: str, address: str, workspace: str, wish: str, language: str | None) -> None:
    """Send the mail of the person of the account NAME to ADDRESS. An empty one ends her mail."""
    with wiring.application():
        mailboxes.choose(calling(workspace), address, wish, language, account=name)
        click.echo(f"{name} gets mail at {address}." if address else f"{name} gets no mail.")


@click.group()
def role() -> None:
    """The roles of a workspace."""


@role.command("add")
@click.argument("key")
@in_workspace
@click.option("--label", help="What the body itself calls the role; without it the key.")
@click.pass_obj
def add_role(wiring: Wiring, key: str, workspace: str, label: str | None) -> None:
    """Give a workspace the role KEY."""
    with wiring.application():
        roles.add(calling(workspace), key, label or key)
        click.echo(f"{workspace} has the role {key}.")


@role.command("grant")
@click.argument("name")
@click.argument("key")
@in_workspace
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="The first day (UTC); without it now.")
@click.option("--until", "end", type=click.DateTime(["%Y-%m-%d"]), help="The first day that she no longer holds it.")
@click.pass_obj
def grant(wiring: Wiring, name: str, key: str, workspace: str, start: datetime | None, end: datetime | None) -> None:
    """Let the person of the account NAME hold the role KEY."""
    with wiring.application():
        roles.grant(calling(workspace), name, key, _day(start), _day(end))
        click.echo(f"{name} holds {key}.")


@click.group()
def token() -> None:
    """Tokens for programs."""


@token.command("create")
@click.option("--user", "name", required=True, help="The account that the token stands for.")
@in_workspace
@click.option(
    "--ttl",
    type=Span(),
    metavar="30m|12h|90d",
    default="90d",
    show_default=True,
    help="How long it counts, at most 365d.",
)
@click.pass_obj
def create_token(wiring: Wiring, name: str, workspace: str, ttl: timedelta) -> None:
    """Make a token and print it, alone: it is not kept and cannot be shown again."""
    if ttl > timedelta(days=365):
        raise click.BadParameter("a token counts for at most a year", param_hint="--ttl")
    with wiring.application():
        made = tokens.new()
        accounts.give_token(calling(workspace), name, made.prefix, made.digest, ports().wall() + ttl)
        click.echo(made.text)


def _password() -> str:
    """The hash of the password on standard input. Raises `PasswordRefused`."""
    return passwords.hashed(sys.stdin.readline().rstrip("\r\n"))


def _day(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC)


COMMANDS = (user, role, token)

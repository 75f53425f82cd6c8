"""`mandat run-due`, and the firing of timers that it shares with the service's background thread."""

import click

from service.cli.wiring import Wiring
from service.commands import timers
from service.domain.actors import scheduler
from service.domain.errors import TaskNotWaiting
from service.identity import call_as, ports
from service.queries import timers as queries
from service.queries import workspaces


def fire_due() -> int:
    """Fire every timer of the current application that is due, each in a transaction of its own; gives how many.

    A timer that somebody else fired meanwhile is passed over, one that cannot be fired becomes an incident.
    """
    fired = 0
    for workspace in workspaces.names():
        call = call_as(scheduler(workspace))
        tried: set[str] = set()
        while due := [timer for timer in queries.due(workspace, ports().now()) if timer[1] not in tried]:
            for case_id, timer_id in due:
                tried.add(timer_id)
                try:
                    fired += timers.fire(call, case_id, timer_id)["fired"]
                except TaskNotWaiting:
                    continue
    return fired


@click.command("run-due")
@click.pass_obj
def run_due(wiring: Wiring) -> None:
    """Fire the timers that are due, once."""
    with wiring.application():
        click.echo(f"{fire_due()} timers fired.")


COMMANDS = (run_due,)

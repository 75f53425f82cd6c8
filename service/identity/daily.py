"""The daily mail: written at seven on working days to who wants it, where there is something to tell."""

from service.commands import mailboxes as commands
from service.domain.actors import scheduler
from service.domain.mail import daily_from
from service.identity.callers import call_as, ports
from service.queries import calendars, mailboxes, workspaces


def write_daily() -> int:
    """Write the daily mails that are due and not written, a hundred people of each workspace at most; gives how many."""
    written = 0
    if ports().mail is None:
        return 0
    for workspace in workspaces.names():
        now = ports().now()
        due = daily_from(now, calendars.of(workspace))
        if due is None:
            continue
        call, nothing = call_as(scheduler(workspace)), []
        for person, (new, soon) in mailboxes.daily(workspace, due, now).items():
            if new or soon:
                written += commands.write_daily(call, person, due, new, soon)["written"]
            else:
                nothing.append(person)
        if nothing:
            commands.pass_over(call, nothing, due)
    return written

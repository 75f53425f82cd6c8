"""Mail in words: plain text in the reader's language, with titles, deadlines and links, and nothing that is sealed."""

from collections.abc import Iterable

from service.domain.mail import MOST
from service.domain.witnesses import LETTER
from service.queries.letters import About, Named
from service.web.due import due
from service.web.i18n import gettext, ngettext, speaking


def words(about: About, here: str) -> tuple[str, str]:
    """The subject and the text of a mail. `here` is the address of the workspace, with a slash at the end."""
    with speaking(about.language, about.zone):
        if about.letter == LETTER:
            return _checkpoint(about, here)
        match about.letter:
            case "daily":
                subject, parts = _daily(about, here)
                why = gettext("You get this mail on working days, when there is something to tell.")
            case "task" | "assignment":
                subject, parts = _task(about, here)
                why = gettext("You get this mail because you want one for every task at once.")
            case _:
                subject, parts = about.subject, [about.text.strip()]
                why = gettext("This mail was written by a process of %(workspace)s.", workspace=about.workspace)
        preferences = gettext("Choose which mail you get: %(link)s", link=f"{here}me")
        foot = f"-- \n{about.workspace}\n{why}\n{preferences}"  # what mail programs take for a signature
        return subject, "\n\n".join([gettext("Hello %(name)s,", name=about.name), *parts, foot]) + "\n"


def _checkpoint(about: About, here: str) -> tuple[str, str]:
    subject = ngettext(
        "Checkpoint of the log of %(workspace)s: %(num)s entry",
        "Checkpoint of the log of %(workspace)s: %(num)s entries",
        about.size,
        workspace=about.workspace,
    )
    parts = [
        gettext(
            "Keep this mail. It says what the log held, signed by its key; with it you can show later that nothing of it was "
            "changed, taken out or written anew."
        ),
        about.text.strip(),
        gettext("To verify it, give this mail as a file to `mandat verify --log --checkpoint`."),
        gettext("The checkpoint as it is now: %(link)s", link=f"{here}log/checkpoint"),
    ]
    why = gettext("You get this mail because you are a witness of the log of %(workspace)s.", workspace=about.workspace)
    return subject, "\n\n".join([*parts, f"-- \n{about.workspace}\n{why}"]) + "\n"


def _task(about: About, here: str) -> tuple[str, list[str]]:
    title = about.tasks[0].title if about.tasks else ""
    given = about.letter == "assignment"
    subject = (
        gettext("You were given a task: %(task)s", task=title) if given else gettext("A new task: %(task)s", task=title)
    )
    said = (
        gettext("You were given this task:")
        if given
        else gettext("This task waits for you, or for somebody of your role:")
    )
    return subject, [said, *_list(about.tasks, here)]


def _daily(about: About, here: str) -> tuple[str, list[str]]:
    count, more = len(about.tasks) + len(about.soon), ""
    if count > MOST:
        count, more = MOST, gettext("There are more in your inbox.")
    new, soon = about.tasks[:MOST], about.soon[: max(0, MOST - len(about.tasks))]
    subject = ngettext("%(num)s task to know of", "%(num)s tasks to know of", count)
    parts = [
        *([gettext("New:"), *_list(new, here)] if new else []),
        *([gettext("Due soon, or overdue:"), *_list(soon, here)] if soon else []),
        " ".join(filter(None, (more, gettext("Your inbox: %(link)s", link=f"{here}inbox")))),
    ]
    return subject, parts


def _list(tasks: Iterable[Named], here: str) -> list[str]:
    return ["\n".join(_lines(task, here)) for task in tasks]


def _lines(task: Named, here: str) -> list[str]:
    deadline = [] if task.due_at is None else [gettext("Deadline: %(date)s", date=due(task.due_at, task.due_at).date)]
    return [f"* {task.title} ({task.process})", *(f"  {line}" for line in [*deadline, f"{here}tasks/{task.id}"])]

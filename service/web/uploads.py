"""Files that a form sends: the form's answer names them, and they are documents of the case when it has been given."""

from collections.abc import Iterable

from werkzeug.datastructures import FileStorage, MultiDict

from service.commands import tasks
from service.domain.documents import MOST_BYTES
from service.domain.errors import Conflict, Fault, NotAllowed
from service.domain.record_errors import DocumentRefused
from service.identity import call

Files = MultiDict[str, FileStorage]


class Waiting:
    """The files of one posted form that begins a case: they are kept with it, when it begins.

    `files` are their names and bytes, by the pointer of the field for which each was sent.
    """

    def __init__(self, sent: Files) -> None:
        self.sent = sent
        self.files: dict[str, tuple[str, bytes]] = {}

    def keep(self, pointer: str) -> str | None:
        """Hold the file that was sent for the field at that pointer; gives what stands for it, None without one."""
        file = self.sent.get(pointer)
        if file is None or not file.filename:
            return None
        self.files[pointer] = (file.filename, content(file))
        return file.filename

    def again(self, faults: Iterable[Fault]) -> list[Fault]:
        """The faults of a form that comes back, and that each file has to be chosen once more: no browser sends it back."""
        known = list(faults)
        wrong = {fault.pointer for fault in known}
        return [*known, *(Fault(at, "Choose the file again.", "file-again") for at in self.files if at not in wrong)]


class Uploads:
    """The files of one posted form, kept with her answer to a task when the form asks for them.

    They are hers until the answer is given. Where she may not answer at all, the command that takes the answer says so.
    `faults` are those that were not taken, `names` the names of those that were, by what the answers say of them.
    """

    def __init__(self, task_id: str, sent: Files) -> None:
        self.task_id, self.sent = task_id, sent
        self.faults: list[Fault] = []
        self.names: dict[str, str] = {}

    def keep(self, pointer: str) -> str | None:
        """Keep the file that was sent for the field at that pointer; gives what the answer names it by, None without one."""
        file = self.sent.get(pointer)
        if file is None or not file.filename:
            return None
        try:
            made = tasks.enclose(call(), self.task_id, file.filename, content(file))
        except DocumentRefused as refused:
            self.faults.append(Fault(pointer, str(refused), f"file-{refused.facts['why']}"))
            return None
        except (Conflict, NotAllowed):
            return None
        self.names[made["id"]] = made["name"]
        return str(made["id"])


def content(file: FileStorage) -> bytes:
    """What is in a file that was sent, read no further than tells that it is too large."""
    return file.stream.read(MOST_BYTES + 1)

"""Where in its process an entry of a case belongs: entries name a task or a timer, and its opening said at which activity."""

from typing import TYPE_CHECKING, Any

from service.domain.errors import MandatError
from service.queries import bundled

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ENDS = frozenset({"task.completed", "task.cancelled", "timer.fired", "timer.cleared", "incident.resolved"})


class Places:
    """The places of one stream after another. It remembers what waits, and nothing of what is over."""

    def __init__(self, session: "Session", workspace_id: str) -> None:
        self._session, self._here = session, workspace_id
        self._names: dict[tuple[str, str], dict[str, str]] = {}
        self.begin()

    def begin(self) -> None:
        """Forget the stream before."""
        self.root: str | None = None
        self._runs: dict[str, tuple[str, str]] = {}
        self._waits: dict[str, tuple[str | None, str | None]] = {}

    def of(self, entry: dict[str, Any]) -> dict[str, str]:
        """The key of the process, the id of the activity, and what its author called it; what is not known is left out."""
        kind, data = entry["kind"], entry["data"]
        if kind in ("instance.started", "call.bound", "instance.migrated"):
            self.root = self.root or data["process"]
            self._runs[data.get("child", data["instance"])] = (data["bundle"], data["process"])
        waiting = data.get("task") or data.get("timer") or data.get("incident") or ""
        instance, activity = data.get("instance"), data.get("activity")
        if waiting and kind != "call.bound":
            known = self._waits.get(waiting, (None, None))
            instance, activity = instance or known[0], activity or known[1]
            self._waits[waiting] = (instance, activity)
            if kind in ENDS:
                del self._waits[waiting]
        found = {"process": self._runs.get(instance or "", ("", ""))[1], "activity": activity or ""}
        if instance in self._runs and activity:
            found["name"] = self._named(*self._runs[instance]).get(activity, activity)
        if kind == "instance.ended":
            self._runs.pop(data["instance"], None)
        return {name: value for name, value in found.items() if value}

    def _named(self, digest: str, process_key: str) -> dict[str, str]:
        if (digest, process_key) not in self._names:
            self._names[digest, process_key] = self._read(digest, process_key)
        return self._names[digest, process_key]

    def _read(self, digest: str, process_key: str) -> dict[str, str]:
        try:
            drawn = bundled.process(self._session, self._here, digest, process_key)
        except MandatError:  # its files were changed since, say: activities go by their ids
            return {}
        return {it.id: " ".join(it.name.split()) for it in drawn.elements if it.name and it.name.strip()}

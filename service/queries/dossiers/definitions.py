"""What a case ran on, as it was deployed: its bundles whole, and those that hold the decision tables it asked."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.domain.dossiers import DEFINITIONS
from service.engine import XMLRefused, decisions
from service.store import definitions as store
from service.store import deployments

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Entry = Mapping[str, Any]


@dataclass(slots=True)
class Definitions:
    """The files of bundles by their name in the dossier. `tables`: the names of the files of each table that was asked and
    imports others, in the order in which its digest is made of them."""

    session: "Session"
    workspace_id: str
    files: dict[str, bytes] = field(default_factory=dict)
    bundles: set[str] = field(default_factory=set)
    tables: list[list[str]] = field(default_factory=list)

    def take(self, entries: Iterable[Entry]) -> None:
        """Take what these entries name."""
        data = [entry["data"] for entry in entries]
        for digest in sorted({it[name] for it in data for name in ("bundle", "previous") if name in it}):
            self._bundle(digest)
        asked = [it["record"] for it in data if it.get("of") == "decision"]
        for key, digest in sorted({(it["decision"], it["digest"]) for it in asked}):
            self._table(key, digest)

    def _bundle(self, digest: str) -> None:
        if digest not in self.bundles:
            self.bundles.add(digest)
            for name, content in deployments.files(self.session, self.workspace_id, digest).items():
                self.files[f"{DEFINITIONS}{digest}/{name}"] = content

    def _table(self, key: str, wanted: str) -> None:
        """The first bundle that has the very table; the case's own, where they do."""
        places = store.decisions(self.session, self.workspace_id, key)
        for bundle, name in sorted(places, key=lambda it: it[0] not in self.bundles):
            files = deployments.files(self.session, self.workspace_id, bundle)
            beside = tuple((it, data) for it, data in files.items() if it.endswith(".dmn"))
            try:
                if decisions.load(files[name], beside).digest != wanted:
                    continue
            except XMLRefused:
                continue
            self._bundle(bundle)
            found = decisions.parts(files[name], beside)
            if len(found) > 1:
                names = {hashlib.sha256(data).hexdigest(): it for it, data in beside}
                self.tables.append([f"{DEFINITIONS}{bundle}/{names[it]}" for it in found])
            return

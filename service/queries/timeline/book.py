"""Looks up what a timeline names: people, roles, and the words of the bundles that ran, each once."""

import hashlib
import json
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.engine import ShownTable, decisions, read, shown_tables
from service.engine.decisions import Definition
from service.forms import resting
from service.queries import texts as words
from service.queries.texts import Text, Texts
from service.queries.timeline.stages import Stage
from service.store import ballots, deployments, documents, hearings, measures, organisations, people

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FORM = "formJsonSchemaFilename"


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision table as it was asked: the texts of its bundle, the logic of its file, and the tables beside it."""

    table: ShownTable
    texts: Texts
    logic: Definition
    beside: tuple[ShownTable, ...]


class Book:
    """What the entries of one case refer to, in one reader's language."""

    def __init__(self, session: "Session", here: str, language: str, stage: Stage) -> None:
        self.session, self.here, self.language, self.stage = session, here, language, stage
        self.number: int | None = None
        self._texts: dict[str, Texts] = {}
        self._files: dict[str, Mapping[str, bytes]] = {}
        self._names: dict[str, str | None] = {}
        self._roles: dict[str, str] | None = None
        self._organisations: dict[str, str] | None = None

    def at(self, number: int) -> "Book":
        """The same book, which names what an instance is made of as the version does that it went by in that step."""
        found = copy(self)
        found.number = number
        return found

    def texts(self, digest: str) -> Texts:
        """The texts of a bundle."""
        if digest not in self._texts:
            self._texts[digest] = words.texts(self.session, self.here, digest, self.language)
        return self._texts[digest]

    def person(self, person_id: str) -> str | None:
        """A person's name; None for what is no person of the workspace."""
        if person_id not in self._names:
            self._names[person_id] = people.names(self.session, self.here, {person_id}).get(person_id)
        return self._names[person_id]

    def actor(self, entry: Mapping[str, Any]) -> str | None:
        """Who did what an entry tells: a person, or the organisation that came by a link; None for the service itself."""
        found = self.person(entry["actor"])
        return found or (self.organisation(entry["on_behalf"]) if "on_behalf" in entry else None)

    def role(self, key: str | None) -> str | None:
        """What the workspace calls a role."""
        if self._roles is None:
            self._roles = people.roles(self.session, self.here)
        return self._roles.get(key, key) if key else None

    def organisation(self, organisation_id: str | None) -> str | None:
        """An organisation's name; None for what is none of the workspace."""
        if self._organisations is None:
            self._organisations = {it.id: it.name for it in organisations.every(self.session, self.here)}
        return self._organisations.get(organisation_id or "")

    def document(self, document_id: str) -> str | None:
        """A document's name."""
        row = documents.document(self.session, self.here, document_id)
        return None if row is None else row.name

    def body(self, body_id: str) -> str | None:
        """What a body is called."""
        return next((it.name for it in organisations.bodies(self.session, self.here) if it.id == body_id), None)

    def measure(self, measure_id: str) -> int | None:
        """The number of a measure in its plan."""
        row = measures.measure(self.session, self.here, measure_id)
        return None if row is None else row.number

    def hearing(self, hearing_id: str) -> str | None:
        """Whether a hearing is internal or of the trade."""
        row = hearings.hearing(self.session, self.here, hearing_id)
        return None if row is None else row.kind

    def question(self, ballot_id: str) -> str | None:
        """What a ballot decides."""
        row = ballots.ballot(self.session, self.here, ballot_id)
        return None if row is None else row.question

    def vote(self, ballot_id: str, organisation_id: str) -> str | None:
        """What an organisation votes, as the journal says up to there; None while the ballot is open, and for ever where it
        is secret."""
        return self.stage.votes.get((ballot_id, organisation_id)) if self.open_vote(ballot_id) else None

    def open_vote(self, ballot_id: str) -> bool:
        """Whether pages may show who voted what in a ballot: it is closed and was not secret."""
        row = ballots.ballot(self.session, self.here, ballot_id)
        return row is not None and not row.secret and row.closed_at is not None

    def process(self, instance_id: str) -> Text | None:
        """What an instance's process is called."""
        instance = self.stage.instances.get(instance_id)
        if instance is None:
            return None
        version = instance.versions_at(self.number)[0]
        return self.texts(version.digest).of(version.process.id, version.process.name)

    def element(self, instance_id: str, element_id: str) -> Text:
        """What an element of an instance's diagram is called; a nameless one by its id."""
        instance = self.stage.instances.get(instance_id)
        if instance is None:
            return Text(element_id)
        for version in instance.versions_at(self.number):
            element = version.process.element(element_id)
            if element is not None:
                return self.texts(version.digest).of(element_id, element.name)
        return Text(element_id)

    def place(self, instance_id: str, element_id: str) -> Text:
        """The same for where a token is or was: a nameless gateway or event by what it is."""
        for version in self.stage.instances[instance_id].versions_at(self.number):
            element = version.process.element(element_id)
            if element is not None:
                return self.texts(version.digest).part(element)
        return Text(element_id)

    def closes(self, instance_id: str, element_id: str) -> bool:
        """Whether an event ends the activity on whose edge it stands: what is due then is that activity's last day."""
        instance = self.stage.instances.get(instance_id)
        versions = () if instance is None else instance.versions_at(self.number)
        found = next((it for version in versions if (it := version.process.element(element_id)) is not None), None)
        return found is not None and found.attached_to is not None and found.interrupting

    def way(self, instance_id: str, flow_id: str) -> dict[str, Any]:
        """A flow: its name if it has one, and where it leads."""
        version = self.stage.instances[instance_id].versions_at(self.number)[0]
        flow = next(it for it in version.process.flows if it.id == flow_id)
        said = self.texts(version.digest)
        name = said.of(flow.id, flow.name) if flow.name or flow.id in said.said else None
        return {"name": name, "to": self.element(instance_id, flow.target)}

    def root(self) -> Text | None:
        """What the case's first process is called."""
        first = next(iter(self.stage.instances), None)
        return None if first is None else self.process(first)

    def version(self, digest: str) -> int | None:
        """The number under which a bundle was put into force last."""
        bundle = deployments.bundle_key(self.session, self.here, digest)
        rows = deployments.of_key(self.session, self.here, bundle) if bundle else ()
        return next((row.number for row in rows if row.bundle_digest == digest), None)

    def files(self, digest: str) -> Mapping[str, bytes]:
        """The files of a bundle."""
        if digest not in self._files:
            self._files[digest] = deployments.files(self.session, self.here, digest)
        return self._files[digest]

    def file(self, digest: str, process_key: str) -> str | None:
        """The diagram of a bundle that holds a process."""
        diagrams = {name: data for name, data in self.files(digest).items() if name.endswith(".bpmn")}
        if len(diagrams) == 1:
            return next(iter(diagrams))
        return next(
            (name for name, data in diagrams.items() if any(it.id == process_key for it in read(data, name).processes)),
            None,
        )

    def asked(self, instance_id: str) -> dict[str, dict[str, Any]]:
        """What the forms of an instance call the variables that they fill in: `label`, and `answers` to choose from by value."""
        instance = self.stage.instances[instance_id]
        texts, files = self.texts(instance.digest), self.files(instance.digest)
        forms = (it.properties.get(FORM, "") for it in instance.trace.process.elements)
        found: dict[str, dict[str, Any]] = {}
        for file in dict.fromkeys(it for it in forms if it in files):
            for name, part in resting.fields(json.loads(files[file])):
                it = found.setdefault(name, {"label": Text(name), "answers": {}})
                if it["label"] == Text(name):  # a condition names a field again, and says no more of it than it asks
                    it["label"] = texts.of(f"{file}#/properties/{name}/title", part.get("title", name))
                it["answers"] |= {
                    str(one["const"]): texts.of(f"{file}#/properties/{name}/oneOf/{place}/title", one["title"])
                    for place, one in enumerate(part.get("oneOf", ()))
                    if "const" in one and "title" in one
                }
        return found

    def table(self, own: str, file_digest: str, decision: str, table_id: str) -> Asked | None:
        """The table that was asked, in the very file that was asked.

        `own` is the bundle of the instance that asked; `file_digest` is the sha-256 of the table's file.
        """
        for digest in (own, *deployments.bundles_with(self.session, self.here, decision)):
            files = {name: data for name, data in self.files(digest).items() if name.endswith(".dmn")}
            for data in files.values():
                if hashlib.sha256(data).hexdigest() == file_digest:
                    found = next((it for it in shown_tables(data) if it.id == table_id), None)
                    logic = decisions.load(data, tuple(files.items()))
                    beside = tuple(it for other in files.values() for it in shown_tables(other))
                    return None if found is None else Asked(found, self.texts(digest), logic, beside)
        return None

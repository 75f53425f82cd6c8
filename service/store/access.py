"""Which case something is in, by its id."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import Document, Enclosure, Incident, Instance, Task

OWNERS: dict[str, type[Task] | type[Instance] | type[Document] | type[Incident]] = {
    "task_id": Task,
    "instance_id": Instance,
    "document_id": Document,
    "incident_id": Incident,
}
"""What an address may name, and the table that says which case it is in."""


def case_of(session: Session, workspace_id: str, name: str, value: str) -> str | None:
    """The case of a task, an instance, a document or an incident; of a file on its way, that of its task. None: there is none."""
    owner = OWNERS[name]
    found = session.scalar(select(owner.case_id).where(owner.workspace_id == workspace_id, owner.id == value))
    if found is None and name == "document_id":
        on_its_way = select(Task.case_id).join(
            Enclosure, (Enclosure.workspace_id == Task.workspace_id) & (Enclosure.task_id == Task.id)
        )
        return session.scalar(on_its_way.where(Enclosure.workspace_id == workspace_id, Enclosure.id == value))
    return found

"""The register of decisions: what they are found by. What was decided is in the journal."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.decisions import Kind
from service.store.tables.base import Base, Digest, Id, Key, belongs_to


class DecisionMade(Base):
    """One decision, known by its entry in the journal of its case (`domain.decisions.Decided`)."""

    __tablename__ = "decisions_made"
    __table_args__ = (
        belongs_to("cases", case_id="id"),
        Index("ix_decisions_made_at", "workspace_id", "decided_at", "case_id", "seq"),
        Index("ix_decisions_made_kind", "workspace_id", "kind", "decided_at"),
        Index("ix_decisions_made_subject", "workspace_id", "subject", "decided_at"),
        Index("ix_decisions_made_person", "workspace_id", "person_id", "decided_at"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    decided_at: Mapped[datetime]
    kind: Mapped[Kind] = mapped_column(Key)
    subject: Mapped[str] = mapped_column(Key)
    person_id: Mapped[str | None] = mapped_column(Id)
    role_key: Mapped[str | None] = mapped_column(Key)
    outcome: Mapped[str | None] = mapped_column(Key)
    table_digest: Mapped[str | None] = mapped_column(Digest)

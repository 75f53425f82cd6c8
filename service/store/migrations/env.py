"""How Alembic runs our migrations: always from code (`service.store.db.upgrade`), always in one transaction."""

from alembic import context

from service.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()

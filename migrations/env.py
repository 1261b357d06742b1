"""How Alembic reaches our database and models."""

from alembic import context
from flask import current_app

db = current_app.extensions["migrate"].db
engine = db.engine


def render_item(kind, item, autogen):
    """Write our own column types as the plain types that they are in the database."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run the migrations in one writing transaction (see fairs/database.py)."""
    with engine.connect().execution_options(writing=True) as connection:
        if engine.dialect.name == "sqlite":
            # a changed table is copied and the old one dropped, to which its rows' children would object
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()

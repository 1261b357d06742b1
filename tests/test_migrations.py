"""Migrations: one head, the schema equals the models on both databases, down and up again."""

from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from fairs.database import Base, db, transaction

ROOT = Path(__file__).resolve().parent.parent


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return ScriptDirectory.from_config(config)


def test_one_head_and_dated_names_in_order() -> None:
    scripts = _scripts()
    assert len(scripts.get_heads()) == 1
    revisions = [Path(s.path).name for s in scripts.walk_revisions()][::-1]
    assert revisions == sorted(revisions)


def test_schema_equals_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_down_and_up_again(app: Flask) -> None:
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    left = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    flask_migrate.upgrade()
    assert set(Base.metadata.tables) <= set(sa.inspect(db.engine).get_table_names())


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_foreign_keys_are_indexed_or_small(table: str) -> None:
    found = Base.metadata.tables[table]
    leading = {next(iter(i.columns)).name for i in found.indexes}
    leading |= {
        next(iter(c.columns)).name
        for c in found.constraints
        if isinstance(c, sa.UniqueConstraint | sa.PrimaryKeyConstraint) and len(c.columns)
    }
    # who did it: read row by row, never searched by; a hall is asked with its campus or occurrence
    asides = ("_by", "by", "created_by", "decided_by", "file_id", "assignee_id", "acceptance_id", "undoes_id")
    keys = {fk.parent.name for fk in found.foreign_keys}
    bare = {k for k in keys - leading if not k.endswith(asides)}
    assert (
        bare - {"cloned_from_id", "last_scan_id", "principal_employer_id", "scan_id", "campus_id", "space_id"}
        == set()
    )


def test_state_columns_are_checked_by_the_database(app: Flask) -> None:
    @transaction
    def smuggle() -> None:
        db.session.execute(
            sa.text(
                "INSERT INTO message (public_id, dedupe_key, person_id, channel, kind, params, subject_kind,"
                " planned_at, state, attempts, last_error, message_id, title, body, created_at)"
                " VALUES ('x','x',1,'mail','x','{}','','2026-11-21 00:00:00','nonsense',0,'','x','','',"
                "'2026-11-21 00:00:00')"
            )
        )

    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)check"):
        smuggle()

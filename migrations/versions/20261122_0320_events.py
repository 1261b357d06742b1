"""Stops of events, hosts of talks and tests, lists of meetings and service days."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0320"
down_revision = "20261122_0310"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KIND = sa.String(length=40)


def upgrade() -> None:
    op.add_column("event", sa.Column("place_kind", KIND, nullable=True))
    op.create_table(
        "event_stop",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("public_id", sa.String(length=13), nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("state", KIND, nullable=False),
        sa.Column("state_before", KIND, nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("spaces", sa.JSON(), nullable=False),
        sa.Column("licence_returned", sa.Boolean(), nullable=False),
        sa.Column("earlier_id", NUMBER, nullable=True),
        sa.Column("stopped_by", NUMBER, nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("ended_by", NUMBER, nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_stop_event_id_event"),
        sa.ForeignKeyConstraint(["earlier_id"], ["event_stop.id"], name="fk_event_stop_earlier_id_event_stop"),
        sa.ForeignKeyConstraint(["stopped_by"], ["person.id"], name="fk_event_stop_stopped_by_person"),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name="fk_event_stop_ended_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_event_stop"),
        sa.UniqueConstraint("public_id", name="uq_event_stop_public_id"),
    )
    op.create_index("ix_event_stop_event_id", "event_stop", ["event_id"])
    op.create_index("ix_event_stop_earlier_id", "event_stop", ["earlier_id"])
    live = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_event_stop_live",
        "event_stop",
        ["event_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_table(
        "event_host",
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("employer_id", NUMBER, nullable=False),
        sa.Column("talk_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_host_event_id_event"),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_event_host_employer_id_employer"),
        sa.ForeignKeyConstraint(["talk_id"], ["event.id"], name="fk_event_host_talk_id_event"),
        sa.PrimaryKeyConstraint("event_id", name="pk_event_host"),
    )
    op.create_index("ix_event_host_employer_id", "event_host", ["employer_id"])
    op.create_index("ix_event_host_talk_id", "event_host", ["talk_id"])
    op.create_table(
        "event_item",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_item_event_id_event"),
        sa.PrimaryKeyConstraint("id", name="pk_event_item"),
        sa.UniqueConstraint("event_id", "kind", "position", name="uq_event_item_event_id_kind_position"),
    )


def downgrade() -> None:
    for table in ("event_item", "event_host", "event_stop"):
        op.drop_table(table)
    op.drop_column("event", "place_kind")

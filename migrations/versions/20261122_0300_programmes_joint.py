"""Programmes with plan documents and external activities; the states of joint fairs' universities."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0300"
down_revision = "0010_students"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
LIVE = sa.text("ended_at IS NULL")


def _number() -> sa.Column:
    return sa.Column("id", BIG, primary_key=True)


def _key(name: str, to: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column:
    return sa.Column(name, BIG, sa.ForeignKey(f"{to}.id"), nullable=nullable, primary_key=primary_key)


def _live(name: str, table: str, columns: list[str]) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=LIVE, postgresql_where=LIVE)


def upgrade() -> None:
    op.add_column("programme", sa.Column("slogan", sa.String(100), nullable=False, server_default=""))
    op.add_column("programme", sa.Column("published_at", TIME, nullable=True))
    # what stood there before could be seen by everybody
    op.execute(sa.text("UPDATE programme SET published_at = CURRENT_TIMESTAMP"))
    op.add_column("fair", sa.Column("co_signing", sa.Boolean(), nullable=False, server_default=sa.false()))
    state = sa.Enum(
        "invited", "accepted", "declined", "withdrawn",
        name="state", native_enum=False, length=40, create_constraint=True,
    )
    # nothing refers to event_school, so SQLite may build it anew
    with op.batch_alter_table("event_school") as batch:
        batch.add_column(sa.Column("state", state, nullable=False, server_default="accepted"))
        batch.add_column(sa.Column("note", sa.String(300), nullable=False, server_default=""))
        batch.add_column(sa.Column("answered_by", BIG, nullable=True))
        batch.add_column(sa.Column("answered_at", TIME, nullable=True))
        batch.add_column(sa.Column("version", BIG, nullable=False, server_default="1"))
        batch.create_foreign_key(op.f("fk_event_school_answered_by_person"), "person", ["answered_by"], ["id"])
    _plans()
    _activities()
    _joint()


def _plans() -> None:
    op.create_table(
        "programme_plan",
        _number(),
        _key("programme_id", "programme"),
        sa.Column("owner", sa.String(60), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        _key("file_id", "file"),
        _key("set_by", "person", nullable=True),
        sa.Column("set_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
    )
    op.create_index("ix_programme_plan_programme_id", "programme_plan", ["programme_id"])
    _live("uq_programme_plan_live", "programme_plan", ["programme_id"])


def _activities() -> None:
    state = sa.Enum(
        "draft", "published", "cancelled", name="state", native_enum=False, length=40, create_constraint=True
    )
    op.create_table(
        "external_activity",
        _number(),
        sa.Column("public_id", sa.String(13), nullable=False),
        _key("university_id", "university"),
        _key("programme_id", "programme", nullable=True),
        sa.Column("campaign", sa.String(40), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("organiser", sa.String(120), nullable=False),
        sa.Column("audience", sa.String(200), nullable=False),
        sa.Column("url", sa.String(300), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("deadline_at", TIME, nullable=True),
        sa.Column("state", state, nullable=False),
        sa.Column("uid", sa.String(120), nullable=False),
        sa.Column("sequence", BIG, nullable=False),
        sa.Column("calendar_changed_at", TIME, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.UniqueConstraint("public_id", name="uq_external_activity_public_id"),
        sa.UniqueConstraint("uid", name="uq_external_activity_uid"),
        sa.CheckConstraint("ends_at > starts_at", name="ck_external_activity_period"),
    )
    for column in ("university_id", "programme_id"):
        op.create_index(f"ix_external_activity_{column}", "external_activity", [column])
    op.create_table(
        "external_part",
        _number(),
        _key("activity_id", "external_activity"),
        _key("person_id", "person"),
        sa.Column("at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
    )
    for column in ("activity_id", "person_id"):
        op.create_index(f"ix_external_part_{column}", "external_part", [column])
    _live("uq_external_part_live", "external_part", ["activity_id", "person_id"])


def _joint() -> None:
    op.create_table(
        "exhibitor_school",
        _key("exhibitor_id", "exhibitor", primary_key=True),
        _key("university_id", "university"),
    )
    op.create_index("ix_exhibitor_school_university_id", "exhibitor_school", ["university_id"])
    op.create_table(
        "posting_cosign",
        _number(),
        _key("event_id", "event"),
        _key("university_id", "university"),
        _key("posting_revision_id", "posting_revision"),
        _key("signed_by", "person", nullable=True),
        sa.Column("signed_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
    )
    for column in ("event_id", "university_id", "posting_revision_id"):
        op.create_index(f"ix_posting_cosign_{column}", "posting_cosign", [column])
    _live("uq_posting_cosign_live", "posting_cosign", ["event_id", "university_id", "posting_revision_id"])


def downgrade() -> None:
    for table in ("posting_cosign", "exhibitor_school", "external_part", "external_activity", "programme_plan"):
        op.drop_table(table)
    # who was asked, said no or left did not take part: the older program would let them
    op.execute(sa.text("DELETE FROM event_school WHERE state <> 'accepted'"))
    with op.batch_alter_table("event_school") as batch:
        batch.drop_constraint(op.f("ck_event_school_state"), type_="check")
        for column in ("version", "answered_at", "answered_by", "note", "state"):
            batch.drop_column(column)
    op.drop_column("fair", "co_signing")
    op.drop_column("programme", "published_at")
    op.drop_column("programme", "slogan")

"""What students want and keep, when booking begins, requests to be forgotten, consent taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0010_students"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, BIG, nullable=nullable)


def upgrade() -> None:
    op.add_column("acceptance", sa.Column("withdrawn_at", TIME, nullable=True))
    _booking()
    _guidance()
    _privacy()


def _booking() -> None:
    op.create_table(
        "booking_window",
        sa.Column("id", BIG, primary_key=True),
        _number("event_id"),
        sa.Column("opens_at", TIME, nullable=False),
        sa.Column("support_group", sa.String(40), nullable=True),
        _number("early_days"),
        sa.CheckConstraint("early_days >= 0", name="ck_booking_window_early_days"),
        sa.CheckConstraint(
            "(support_group IS NULL) = (early_days = 0)", name="ck_booking_window_early_for_a_group"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_booking_window_event_id_event"),
        sa.PrimaryKeyConstraint("id", name="pk_booking_window"),
        sa.UniqueConstraint("event_id", name="uq_booking_window_event_id"),
    )
    op.create_table(
        "priority_list",
        sa.Column("id", BIG, primary_key=True),
        _number("university_id"),
        sa.Column("support_group", sa.String(40), nullable=False),
        sa.Column("members", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["university_id"], ["university.id"], name="fk_priority_list_university_id_university"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_priority_list"),
        sa.UniqueConstraint(
            "university_id", "support_group", name="uq_priority_list_university_id_support_group"
        ),
    )


def _guidance() -> None:
    op.create_table(
        "student_intent",
        sa.Column("id", BIG, primary_key=True),
        _number("person_id"),
        _number("university_id"),
        sa.Column("plan", sa.String(40), nullable=True),
        sa.Column("answered_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_student_intent_person_id_person"),
        sa.ForeignKeyConstraint(
            ["university_id"], ["university.id"], name="fk_student_intent_university_id_university"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_student_intent"),
        sa.UniqueConstraint("person_id", name="uq_student_intent_person_id"),
    )
    op.create_index("ix_student_intent_university_id", "student_intent", ["university_id"])
    op.create_table(
        "intent_choice",
        sa.Column("id", BIG, primary_key=True),
        _number("intent_id"),
        sa.Column("wish", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["intent_id"], ["student_intent.id"], name="fk_intent_choice_intent_id_student_intent"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_intent_choice"),
        sa.UniqueConstraint("intent_id", "wish", "code", name="uq_intent_choice_intent_id_wish_code"),
    )
    op.create_table(
        "saved_item",
        sa.Column("id", BIG, primary_key=True),
        _number("person_id"),
        _number("employer_id", nullable=True),
        _number("posting_id", nullable=True),
        sa.Column("saved_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.CheckConstraint(
            "(employer_id IS NULL) <> (posting_id IS NULL)", name="ck_saved_item_one_thing"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_saved_item_person_id_person"),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_saved_item_employer_id_employer"),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name="fk_saved_item_posting_id_posting"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_item"),
    )
    for column in ("person_id", "employer_id", "posting_id"):
        op.create_index(f"ix_saved_item_{column}", "saved_item", [column])
    for what in ("employer", "posting"):
        _live(f"uq_saved_item_{what}", "saved_item", ["person_id", f"{what}_id"])


def _privacy() -> None:
    states = ("open", "done", "declined", "withdrawn")
    op.create_table(
        "erasure_request",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("public_id", sa.String(13), nullable=False),
        _number("person_id"),
        _number("university_id"),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("answer", sa.String(300), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        _number("decided_by", nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.CheckConstraint(sa.column("state").in_(states), name="ck_erasure_request_state"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_erasure_request_person_id_person"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_erasure_request_decided_by_person"),
        sa.ForeignKeyConstraint(
            ["university_id"], ["university.id"], name="fk_erasure_request_university_id_university"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_erasure_request"),
        sa.UniqueConstraint("public_id", name="uq_erasure_request_public_id"),
    )
    op.create_index("ix_erasure_request_person_id", "erasure_request", ["person_id"])
    op.create_index("ix_erasure_request_queue", "erasure_request", ["university_id", "state"])
    _live("uq_erasure_request_open", "erasure_request", ["person_id"])


def _live(name: str, table: str, columns: list[str]) -> None:
    running = sa.text("ended_at IS NULL")
    op.create_index(name, table, columns, unique=True, sqlite_where=running, postgresql_where=running)


def downgrade() -> None:
    for table in ("erasure_request", "saved_item", "intent_choice", "student_intent"):
        op.drop_table(table)
    op.drop_table("priority_list")
    op.drop_table("booking_window")
    op.drop_column("acceptance", "withdrawn_at")

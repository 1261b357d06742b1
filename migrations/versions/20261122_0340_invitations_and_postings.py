"""Answers and reminders of invitations; kinds, templates, validity and search of postings.

Revision ID: 0250invitepost
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0250invitepost"
down_revision = '20261122_0330'
branch_labels = None
depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)
BEFORE = ("sent", "opened", "accepted", "declined", "expired")
LIVE = "state IN ('sent', 'opened', 'accepted') AND employer_id IS "
STOPPED = "ended_at IS NULL AND employer_id IS "


def upgrade() -> None:
    _invitations()
    _stops()
    _postings()
    _templates()
    _fill()


def _partial(table, name, columns, where):
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=True, sqlite_where=condition, postgresql_where=condition
    )


def _check(states):
    return "state IN (" + ", ".join(f"'{state}'" for state in states) + ")"


def _invitations() -> None:
    with op.batch_alter_table("invitation") as table:
        table.drop_constraint(op.f("ck_invitation_state"), type_="check")
        table.create_check_constraint(op.f("ck_invitation_state"), _check((*BEFORE, "revoked")))
        table.add_column(sa.Column("person_id", BigInt, nullable=True))
        table.add_column(sa.Column("name", sa.String(120), nullable=False, server_default=""))
        table.add_column(sa.Column("language", sa.String(5), nullable=False, server_default="zh"))
        table.add_column(sa.Column("introducer", sa.String(80), nullable=False, server_default=""))
        table.add_column(sa.Column("words", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("sent_at", AT, nullable=True))
        table.add_column(sa.Column("sent_count", BigInt, nullable=False, server_default="1"))
        table.add_column(sa.Column("reminded_at", AT, nullable=True))
        table.add_column(sa.Column("opened_at", AT, nullable=True))
        table.add_column(sa.Column("answered_at", AT, nullable=True))
        table.add_column(sa.Column("decline_kind", sa.String(40), nullable=True))
        table.add_column(sa.Column("decline_note", sa.String(300), nullable=False, server_default=""))
        table.add_column(sa.Column("version", BigInt, nullable=False, server_default="1"))
        table.create_foreign_key(op.f("fk_invitation_person_id_person"), "person", ["person_id"], ["id"])
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"])
    op.create_index("ix_invitation_due", "invitation", ["state", "expires_at"])
    _partial("invitation", "uq_invitation_employer", ["event_id", "employer_id"], LIVE + "NOT NULL")
    _partial("invitation", "uq_invitation_email", ["event_id", "email"], LIVE + "NULL")


def _stops() -> None:
    op.create_table(
        "invitation_stop",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("university_id", BigInt, nullable=False),
        sa.Column("employer_id", BigInt, nullable=True),
        sa.Column("email", sa.String(120), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by", BigInt, nullable=True),
        sa.Column("ended_at", AT, nullable=True),
        sa.ForeignKeyConstraint(
            ["university_id"], ["university.id"], name=op.f("fk_invitation_stop_university_id_university")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_invitation_stop_employer_id_employer")
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_invitation_stop_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_stop")),
    )
    op.create_index(op.f("ix_invitation_stop_employer_id"), "invitation_stop", ["employer_id"])
    columns = ["university_id", "employer_id"]
    _partial("invitation_stop", "uq_invitation_stop_employer", columns, STOPPED + "NOT NULL")
    _partial("invitation_stop", "uq_invitation_stop_email", ["university_id", "email"], STOPPED + "NULL")


def _postings() -> None:
    with op.batch_alter_table("posting") as table:
        table.add_column(sa.Column("end_reason", sa.String(300), nullable=False, server_default=""))
        table.add_column(sa.Column("copied_from_id", BigInt, nullable=True))
        table.create_foreign_key(
            op.f("fk_posting_copied_from_id_posting"), "posting", ["copied_from_id"], ["id"]
        )
    op.create_index(op.f("ix_posting_copied_from_id"), "posting", ["copied_from_id"])
    op.add_column("posting_revision", sa.Column("cohort", BigInt, nullable=True))
    op.add_column("posting_revision", sa.Column("degree", sa.String(20), nullable=False, server_default=""))
    op.add_column("posting_revision", sa.Column("salary_min", BigInt, nullable=True))
    op.add_column("posting_revision", sa.Column("salary_max", BigInt, nullable=True))
    op.add_column("posting_revision", sa.Column("valid_from", sa.Date(), nullable=True))
    op.add_column("posting_revision", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    op.add_column("posting_publication", sa.Column("reminded_at", AT, nullable=True))
    op.add_column("posting_publication", sa.Column("expired_at", AT, nullable=True))
    op.create_index("ix_posting_publication_due", "posting_publication", ["until_at"])
    op.create_table(
        "posting_major",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("revision_id", BigInt, nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["posting_revision.id"], name=op.f("fk_posting_major_revision_id_posting_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_major")),
        sa.UniqueConstraint("revision_id", "code", name=op.f("uq_posting_major_revision_id_code")),
    )
    op.create_index(op.f("ix_posting_major_code"), "posting_major", ["code"])


def _templates() -> None:
    op.create_table(
        "posting_template",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("public_id", sa.String(13), nullable=False),
        sa.Column("employer_id", BigInt, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_by", BigInt, nullable=True),
        sa.Column("created_at", AT, nullable=False),
        sa.Column("ended_at", AT, nullable=True),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_posting_template_employer_id_employer")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_posting_template_created_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_template")),
        sa.UniqueConstraint("public_id", name=op.f("uq_posting_template_public_id")),
    )
    op.create_index(op.f("ix_posting_template_employer_id"), "posting_template", ["employer_id"])
    _partial("posting_template", "uq_posting_template_live", ["employer_id", "name"], "ended_at IS NULL")


def _fill() -> None:
    """What is searched for gets columns of its own; the content of a version stays as it was."""
    bind = op.get_bind()
    revisions = sa.table(
        "posting_revision",
        *(sa.column(name) for name in ("id", "title", "city", "degree", "salary_min", "salary_max")),
        sa.column("search_text"),
        sa.column("fields", sa.JSON()),
    )
    majors = sa.table("posting_major", sa.column("revision_id"), sa.column("code"))
    for row in bind.execute(sa.select(revisions.c.id, revisions.c.title, revisions.c.city, revisions.c.fields)).all():
        fields = row.fields or {}
        texts = (row.title, row.city, fields.get("description") or "", fields.get("requirements") or "")
        bind.execute(
            sa.update(revisions)
            .where(revisions.c.id == row.id)
            .values(
                degree=fields.get("degree") or "",
                salary_min=fields.get("salary_min"),
                salary_max=fields.get("salary_max"),
                search_text="\n".join(texts).lower(),
            )
        )
        for code in sorted(set(fields.get("majors") or ())):
            bind.execute(sa.insert(majors).values(revision_id=row.id, code=code))


def downgrade() -> None:
    op.drop_table("posting_template")
    op.drop_table("posting_major")
    op.drop_index("ix_posting_publication_due", "posting_publication")
    with op.batch_alter_table("posting_publication") as table:
        table.drop_column("expired_at")
        table.drop_column("reminded_at")
    with op.batch_alter_table("posting_revision") as table:
        for name in ("search_text", "valid_from", "salary_max", "salary_min", "degree", "cohort"):
            table.drop_column(name)
    op.drop_index(op.f("ix_posting_copied_from_id"), "posting")
    with op.batch_alter_table("posting") as table:
        table.drop_constraint(op.f("fk_posting_copied_from_id_posting"), type_="foreignkey")
        table.drop_column("copied_from_id")
        table.drop_column("end_reason")
    op.drop_table("invitation_stop")
    for name in ("uq_invitation_email", "uq_invitation_employer", "ix_invitation_due"):
        op.drop_index(name, "invitation")
    op.drop_index(op.f("ix_invitation_person_id"), "invitation")
    op.execute("UPDATE invitation SET state = 'expired' WHERE state = 'revoked'")
    with op.batch_alter_table("invitation") as table:
        table.drop_constraint(op.f("fk_invitation_person_id_person"), type_="foreignkey")
        table.drop_constraint(op.f("ck_invitation_state"), type_="check")
        table.create_check_constraint(op.f("ck_invitation_state"), _check(BEFORE))
        for name in ("version", "decline_note", "decline_kind", "answered_at", "opened_at", "reminded_at"):
            table.drop_column(name)
        for name in ("sent_count", "sent_at", "words", "introducer", "language", "name", "person_id"):
            table.drop_column(name)

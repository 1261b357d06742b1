"""Academic periods of a university; parts of it may end; at which university personal data were read.

Revision ID: 20261122_0400
Revises: 20261122_0350
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0400"
down_revision = "20261122_0350"
branch_labels = None
depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)
ENDING = ("campus", "department", "major")


def upgrade() -> None:
    op.create_table(
        "academic_period",
        sa.Column("id", BigInt, primary_key=True),
        sa.Column("university_id", BigInt, sa.ForeignKey("university.id"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("ended_at", AT, nullable=True),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_academic_period_period")),
    )
    op.create_index("ix_academic_period_university_id", "academic_period", ["university_id"])
    running = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_academic_period_live",
        "academic_period",
        ["university_id", "kind", "first_on"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )
    for table in ENDING:
        op.add_column(table, sa.Column("ended_at", AT, nullable=True))
    with op.batch_alter_table("access_log") as batch:
        batch.add_column(sa.Column("university_id", BigInt, nullable=True))
        batch.create_foreign_key("fk_access_log_university_id_university", "university", ["university_id"], ["id"])
    op.create_index("ix_access_log_university_id", "access_log", ["university_id"])
    op.execute(
        "UPDATE access_log SET university_id = (SELECT university_id FROM student"
        " WHERE student.id = access_log.subject_id) WHERE subject_kind = 'student'"
    )


def downgrade() -> None:
    op.drop_index("ix_access_log_university_id", "access_log")
    with op.batch_alter_table("access_log") as batch:
        batch.drop_constraint("fk_access_log_university_id_university", type_="foreignkey")
        batch.drop_column("university_id")
    for table in ENDING:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("ended_at")
    op.drop_table("academic_period")

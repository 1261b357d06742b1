"""Texts as a whole: remarks, likeness with other employers' texts; re-checks of what is not a posting.

Revision ID: 20261122_0530
Revises: 20261122_0520
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0530"
down_revision = "20261122_0520"
branch_labels = None
depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("vetting_case") as table:
        table.add_column(sa.Column("employer_id", BigInt, nullable=True))
        table.add_column(sa.Column("remarks", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("doubts", BigInt, nullable=False, server_default="0"))
        table.create_foreign_key(op.f("fk_vetting_case_employer_id_employer"), "employer", ["employer_id"], ["id"])
    op.create_index(op.f("ix_vetting_case_employer_id"), "vetting_case", ["employer_id"])
    op.execute(
        "UPDATE vetting_case SET employer_id = (SELECT p.hiring_employer_id FROM posting p WHERE p.id = subject_id) "
        "WHERE subject_kind = 'posting'"
    )
    op.execute("UPDATE vetting_case SET employer_id = subject_id WHERE subject_kind IN ('employer_profile', 'brochure')")
    op.create_table(
        "text_band",
        sa.Column("case_id", BigInt, nullable=False),
        sa.Column("key", BigInt, nullable=False),
        sa.Column("university_id", BigInt, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["vetting_case.id"], name=op.f("fk_text_band_case_id_vetting_case")),
        sa.ForeignKeyConstraint(
            ["university_id"], ["university.id"], name=op.f("fk_text_band_university_id_university")
        ),
        sa.PrimaryKeyConstraint("case_id", "key", name=op.f("pk_text_band")),
    )
    op.create_index("ix_text_band_found", "text_band", ["university_id", "key", "case_id"])
    op.create_table(
        "likeness",
        sa.Column("case_id", BigInt, nullable=False),
        sa.Column("other_id", BigInt, nullable=False),
        sa.Column("share", BigInt, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["vetting_case.id"], name=op.f("fk_likeness_case_id_vetting_case")),
        sa.ForeignKeyConstraint(["other_id"], ["vetting_case.id"], name=op.f("fk_likeness_other_id_vetting_case")),
        sa.PrimaryKeyConstraint("case_id", "other_id", name=op.f("pk_likeness")),
    )
    op.create_index(op.f("ix_likeness_other_id"), "likeness", ["other_id"])
    with op.batch_alter_table("rule_change") as table:
        table.alter_column("publication_id", existing_type=BigInt, nullable=True)
    condition = sa.text("publication_id IS NULL")
    op.create_index(
        "uq_rule_change_text",
        "rule_change",
        ["case_id", "rulebook_version"],
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )
    op.add_column("event", sa.Column("words_read", sa.String(20), nullable=True))
    op.add_column("event", sa.Column("words_held_at", AT, nullable=True))


def downgrade() -> None:
    op.drop_column("event", "words_held_at")
    op.drop_column("event", "words_read")
    op.drop_index("uq_rule_change_text", "rule_change")
    # the older schema knows changes of postings only; what was decided on other texts stays in the trail
    op.execute("DELETE FROM rule_change WHERE publication_id IS NULL")
    with op.batch_alter_table("rule_change") as table:
        table.alter_column("publication_id", existing_type=BigInt, nullable=False)
    op.drop_table("likeness")
    op.drop_table("text_band")
    op.drop_index(op.f("ix_vetting_case_employer_id"), "vetting_case")
    with op.batch_alter_table("vetting_case") as table:
        table.drop_constraint(op.f("fk_vetting_case_employer_id_employer"), type_="foreignkey")
        for name in ("doubts", "remarks", "employer_id"):
            table.drop_column(name)

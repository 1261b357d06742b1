"""Grounds, rounds and second reviews of cases; templates of reasons; changed rules; brochures.

Revision ID: 20261122_0410
Revises: 20261122_0350
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0410"
down_revision = "20261122_0400"
branch_labels = None
depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)
UNIQUE = ["university_id", "subject_kind", "subject_id", "revision_no"]
OLD_UNIQUE = "uq_vetting_case_university_id_subject_kind_subject_id_revision_no"
STATES = ("in_review", "approved", "returned", "rejected", "appealed", "withdrawn")


def _check(states):
    return "state IN (" + ", ".join(f"'{state}'" for state in states) + ")"


def upgrade() -> None:
    _cases()
    _templates()
    _samples()
    _changes()
    _brochures()


def _cases() -> None:
    with op.batch_alter_table("vetting_case") as table:
        table.drop_constraint(op.f("ck_vetting_case_state"), type_="check")
        table.drop_constraint(op.f(OLD_UNIQUE), type_="unique")
        table.add_column(sa.Column("round", BigInt, nullable=False, server_default="1"))
        table.add_column(sa.Column("origin", sa.String(40), nullable=False, server_default="submitted"))
        table.add_column(sa.Column("checked_version", sa.String(20), nullable=True))
        table.add_column(sa.Column("ground", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("ground_file_id", BigInt, nullable=True))
        table.create_foreign_key(op.f("fk_vetting_case_ground_file_id_file"), "file", ["ground_file_id"], ["id"])
        table.create_unique_constraint("uq_vetting_case_round", [*UNIQUE, "round"])
        table.create_check_constraint(op.f("ck_vetting_case_state"), _check((*STATES, "lifting")))
    op.create_index("ix_vetting_case_submitted", "vetting_case", ["university_id", "submitted_at"])
    op.add_column("finding", sa.Column("overrule_reason", sa.Text(), nullable=False, server_default=""))


def _row(name, *columns, public=True):
    own = [sa.Column("id", BigInt, nullable=False)]
    if public:
        own += [sa.Column("public_id", sa.String(13), nullable=False)]
        columns = (*columns, sa.UniqueConstraint("public_id", name=op.f(f"uq_{name}_public_id")))
    op.create_table(name, *own, *columns, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")))


def _key(table, column, to):
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _number(name, nullable=False):
    return sa.Column(name, BigInt, nullable=nullable)


def _templates() -> None:
    _row(
        "reason_template",
        _number("university_id"),
        sa.Column("text", sa.String(300), nullable=False),
        _number("edition"),
        _number("replaces_id", nullable=True),
        _number("created_by", nullable=True),
        sa.Column("created_at", AT, nullable=False),
        sa.Column("ended_at", AT, nullable=True),
        _key("reason_template", "university_id", "university"),
        _key("reason_template", "replaces_id", "reason_template"),
        _key("reason_template", "created_by", "person"),
    )
    op.create_index(op.f("ix_reason_template_university_id"), "reason_template", ["university_id"])
    condition = sa.text("replaces_id IS NOT NULL")
    op.create_index(
        "uq_reason_template_live",
        "reason_template",
        ["replaces_id"],
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _samples() -> None:
    _row(
        "vetting_sample",
        _number("university_id"),
        sa.Column("week", sa.Date(), nullable=False),
        *(_number(name) for name in ("seed", "share", "pool")),
        sa.Column("drawn_at", AT, nullable=False),
        _key("vetting_sample", "university_id", "university"),
        sa.UniqueConstraint("university_id", "week", name=op.f("uq_vetting_sample_university_id_week")),
        public=False,
    )
    _row(
        "vetting_sample_item",
        _number("sample_id"),
        _number("decision_id"),
        sa.Column("verdict", sa.String(40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        _number("by", nullable=True),
        sa.Column("at", AT, nullable=True),
        _key("vetting_sample_item", "sample_id", "vetting_sample"),
        _key("vetting_sample_item", "decision_id", "decision"),
        _key("vetting_sample_item", "by", "person"),
        sa.UniqueConstraint("decision_id", name=op.f("uq_vetting_sample_item_decision_id")),
    )
    op.create_index(op.f("ix_vetting_sample_item_sample_id"), "vetting_sample_item", ["sample_id"])


def _changes() -> None:
    _row(
        "rule_change",
        *(_number(name) for name in ("university_id", "publication_id", "case_id")),
        _number("new_case_id", nullable=True),
        sa.Column("rulebook_version", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("found_at", AT, nullable=False),
        _number("decided_by", nullable=True),
        sa.Column("decided_at", AT, nullable=True),
        sa.Column("reason", sa.String(300), nullable=False, server_default=""),
        _key("rule_change", "university_id", "university"),
        _key("rule_change", "publication_id", "posting_publication"),
        _key("rule_change", "case_id", "vetting_case"),
        _key("rule_change", "new_case_id", "vetting_case"),
        _key("rule_change", "decided_by", "person"),
        sa.UniqueConstraint(
            "publication_id", "rulebook_version", name=op.f("uq_rule_change_publication_id_rulebook_version")
        ),
        sa.CheckConstraint(
            _check(("listed", "taken_down", "kept")), name=op.f("ck_rule_change_state")
        ),
    )
    op.create_index("ix_rule_change_open", "rule_change", ["university_id", "state"])
    for column in ("case_id", "new_case_id"):
        op.create_index(op.f(f"ix_rule_change_{column}"), "rule_change", [column])


def _brochures() -> None:
    _row(
        "brochure",
        *(_number(name) for name in ("employer_id", "no", "file_id")),
        sa.Column("text", sa.Text(), nullable=False),
        _number("pages"),
        _number("created_by", nullable=True),
        sa.Column("created_at", AT, nullable=False),
        _key("brochure", "employer_id", "employer"),
        _key("brochure", "file_id", "file"),
        _key("brochure", "created_by", "person"),
        sa.UniqueConstraint("employer_id", "no", name=op.f("uq_brochure_employer_id_no")),
    )


def downgrade() -> None:
    for name in ("brochure", "rule_change", "vetting_sample_item", "vetting_sample", "reason_template"):
        op.drop_table(name)
    op.drop_column("finding", "overrule_reason")
    op.drop_index("ix_vetting_case_submitted", "vetting_case")
    # a second round has no place in the older schema: what it decided stays in the trail
    later = "SELECT id FROM vetting_case WHERE round > 1"
    op.execute(f"UPDATE finding SET overruled_by = NULL WHERE case_id IN ({later})")
    op.execute(
        "UPDATE posting_publication SET decision_id = (SELECT min(d.id) FROM decision d JOIN vetting_case f ON "
        "f.id = d.case_id JOIN vetting_case l ON l.subject_id = f.subject_id AND l.subject_kind = f.subject_kind "
        "AND l.university_id = f.university_id AND l.revision_no = f.revision_no AND l.round > f.round "
        "JOIN decision e ON e.case_id = l.id WHERE e.id = posting_publication.decision_id) "
        f"WHERE decision_id IN (SELECT id FROM decision WHERE case_id IN ({later}))"
    )
    for table in ("finding", "decision"):
        op.execute(f"DELETE FROM {table} WHERE case_id IN ({later})")
    op.execute("DELETE FROM vetting_case WHERE round > 1")
    op.execute("UPDATE vetting_case SET state = 'in_review' WHERE state = 'lifting'")
    with op.batch_alter_table("vetting_case") as table:
        table.drop_constraint(op.f("ck_vetting_case_state"), type_="check")
        table.drop_constraint("uq_vetting_case_round", type_="unique")
        table.drop_constraint(op.f("fk_vetting_case_ground_file_id_file"), type_="foreignkey")
        for name in ("ground_file_id", "ground", "checked_version", "origin", "round"):
            table.drop_column(name)
        table.create_unique_constraint(op.f(OLD_UNIQUE), UNIQUE)
        table.create_check_constraint(op.f("ck_vetting_case_state"), _check(STATES))

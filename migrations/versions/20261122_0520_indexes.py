"""Indexes of lists that only grow: the public postings, the trail, and what they can be narrowed to."""

from alembic import op

revision = '20261122_0520'
down_revision = '20261122_0412'
branch_labels = None
depends_on = None

INDEXES = (
    ('ix_posting_publication_newest', 'posting_publication', ['university_id', 'from_at', 'id']),
    ('ix_audit_when', 'audit', ['university_id', 'at', 'id']),
    ('ix_audit_action', 'audit', ['university_id', 'action']),
    ('ix_audit_actor', 'audit', ['university_id', 'actor_id']),
    ('ix_audit_kind', 'audit', ['university_id', 'subject_kind']),
)


def upgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _columns in reversed(INDEXES):
        op.drop_index(name, table_name=table)

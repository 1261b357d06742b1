"""The introduction of an event that stays public while a new one waits for an officer.

Revision ID: 20261122_0640
Revises: 20261122_0630
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0640"
down_revision = "20261122_0630"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event") as table:
        table.add_column(sa.Column("summary_shown", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("event") as table:
        table.drop_column("summary_shown")

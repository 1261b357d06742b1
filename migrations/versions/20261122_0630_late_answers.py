"""When the author of a text heard that the answer is late.

Revision ID: 20261122_0630
Revises: 20261122_0620
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0630"
down_revision = "20261122_0620"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("vetting_case") as table:
        table.add_column(sa.Column("late_told_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("vetting_case") as table:
        table.drop_column("late_told_at")

"""Code lists that each office keeps itself: industrial chains and industry committees; events carry them."""

import sqlalchemy as sa
from alembic import op

revision = '20261122_0610'
down_revision = '20261122_0550'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('listed_code',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('university_id', NUMBER, nullable=False),
    sa.Column('kind', sa.Enum('chain', 'committee', name='codekind', native_enum=False, length=40), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('area', sa.String(length=20), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_listed_code_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listed_code')),
    sa.UniqueConstraint('university_id', 'kind', 'code', name=op.f('uq_listed_code_university_id_kind_code'))
    )


def downgrade() -> None:
    op.drop_table('listed_code')

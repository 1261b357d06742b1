"""Docking meetings: the plan of tables, and who meets whom at them."""

import sqlalchemy as sa
from alembic import op

revision = '20261122_0550'
down_revision = '20261122_0540'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('docking_plan',
    sa.Column('event_id', NUMBER, nullable=False),
    sa.Column('tables', NUMBER, nullable=False),
    sa.Column('minutes', NUMBER, nullable=False),
    sa.CheckConstraint('tables > 0 AND minutes > 0', name=op.f('ck_docking_plan_positive')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_docking_plan_event_id_event')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_docking_plan'))
    )
    op.create_table('table_meeting',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', NUMBER, nullable=False),
    sa.Column('occurrence_id', NUMBER, nullable=False),
    sa.Column('sitting_no', NUMBER, nullable=False),
    sa.Column('table_no', NUMBER, nullable=False),
    sa.Column('employer_id', NUMBER, nullable=False),
    sa.Column('department_id', NUMBER, nullable=False),
    sa.Column('asked_side', sa.Enum('employer', 'department', name='side', native_enum=False, length=40), nullable=False),
    sa.Column('asked_by', NUMBER, nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('topic', sa.String(length=200), nullable=False),
    sa.Column('state', sa.Enum('asked', 'agreed', 'held', 'declined', 'cancelled', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('minutes', sa.Text(), nullable=False),
    sa.Column('follow_up', sa.String(length=300), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', NUMBER, nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['person.id'], name=op.f('fk_table_meeting_asked_by_person')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_table_meeting_department_id_department')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_table_meeting_employer_id_employer')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_table_meeting_event_id_event')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_table_meeting_occurrence_id_occurrence')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_table_meeting')),
    sa.UniqueConstraint('public_id', name=op.f('uq_table_meeting_public_id'))
    )
    live = {'sqlite_where': sa.text('ended_at IS NULL'), 'postgresql_where': sa.text('ended_at IS NULL')}
    with op.batch_alter_table('table_meeting', schema=None) as batch_op:
        for column in ('department_id', 'employer_id', 'event_id'):
            batch_op.create_index(batch_op.f(f'ix_table_meeting_{column}'), [column], unique=False)
        for name, column in (('table', 'table_no'), ('employer', 'employer_id'), ('department', 'department_id')):
            batch_op.create_index(
                f'uq_table_meeting_{name}', ['occurrence_id', 'sitting_no', column], unique=True, **live
            )


def downgrade() -> None:
    op.drop_table('table_meeting')
    op.drop_table('docking_plan')

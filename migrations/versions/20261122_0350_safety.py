"""Safety plans, responsible persons, licences, filings; shifts that end and say when they changed."""

import sqlalchemy as sa
from alembic import op

revision = '20261122_0350'
down_revision = '0250invitepost'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('filing',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('duty', sa.String(length=40), nullable=False),
    sa.Column('filed_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('filed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_filing_event_id_event')),
    sa.ForeignKeyConstraint(['filed_by'], ['person.id'], name=op.f('fk_filing_filed_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filing')),
    sa.UniqueConstraint('event_id', 'duty', name=op.f('uq_filing_event_id_duty'))
    )
    op.create_table('licence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('not_needed', 'drafting', 'submitted', 'accepted', 'granted', 'refused', 'changed', 'resubmitted', 'surrendered', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('authority', sa.String(length=100), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('terms', sa.JSON(), nullable=True),
    sa.Column('wanted', sa.JSON(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('submitted_on', sa.Date(), nullable=True),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_licence_event_id_event')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_licence_file_id_file')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_licence_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_licence')),
    sa.UniqueConstraint('event_id', name=op.f('uq_licence_event_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_licence_public_id'))
    )
    with op.batch_alter_table('licence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_licence_university_id'), ['university_id'], unique=False)

    op.create_table('licence_answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('counts', sa.Boolean(), nullable=False),
    sa.Column('answered_by', sa.String(length=60), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('recorded_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_licence_answer_event_id_event')),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_licence_answer_recorded_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_licence_answer'))
    )
    with op.batch_alter_table('licence_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_licence_answer_event_id'), ['event_id'], unique=False)

    op.create_table('responsible_person',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('position', sa.Enum('first', 'direct', name='position', native_enum=False, length=40), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=60), nullable=False),
    sa.Column('phone', sa.String(length=30), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('department_id IS NULL OR event_id IS NULL', name=op.f('ck_responsible_person_one_scope')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_responsible_person_department_id_department')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_responsible_person_event_id_event')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_responsible_person_person_id_person')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_responsible_person_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_responsible_person')),
    sa.UniqueConstraint('public_id', name=op.f('uq_responsible_person_public_id'))
    )
    with op.batch_alter_table('responsible_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_responsible_person_department_id'), ['department_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_responsible_person_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_responsible_person_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_responsible_person_university_id'), ['university_id'], unique=False)
        batch_op.create_index('uq_responsible_department', ['department_id', 'position'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND department_id IS NOT NULL'), postgresql_where=sa.text('ended_at IS NULL AND department_id IS NOT NULL'))
        batch_op.create_index('uq_responsible_event', ['event_id', 'position'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND event_id IS NOT NULL'), postgresql_where=sa.text('ended_at IS NULL AND event_id IS NOT NULL'))
        batch_op.create_index('uq_responsible_school', ['university_id', 'position'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND department_id IS NULL AND event_id IS NULL'), postgresql_where=sa.text('ended_at IS NULL AND department_id IS NULL AND event_id IS NULL'))

    op.create_table('safety_plan',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('checklist', sa.String(length=60), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('implementation_file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('drawing_file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('emergency_file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('changed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_safety_plan_changed_by_person')),
    sa.ForeignKeyConstraint(['drawing_file_id'], ['file.id'], name=op.f('fk_safety_plan_drawing_file_id_file')),
    sa.ForeignKeyConstraint(['emergency_file_id'], ['file.id'], name=op.f('fk_safety_plan_emergency_file_id_file')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_safety_plan_event_id_event')),
    sa.ForeignKeyConstraint(['implementation_file_id'], ['file.id'], name=op.f('fk_safety_plan_implementation_file_id_file')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_safety_plan_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safety_plan')),
    sa.UniqueConstraint('event_id', name=op.f('uq_safety_plan_event_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_safety_plan_public_id'))
    )
    with op.batch_alter_table('safety_plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_safety_plan_university_id'), ['university_id'], unique=False)

    op.create_table('safety_submission',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('snapshot', sa.JSON(), nullable=False),
    sa.Column('submitted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_accepted', sa.Boolean(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('signed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['plan_id'], ['safety_plan.id'], name=op.f('fk_safety_submission_plan_id_safety_plan')),
    sa.ForeignKeyConstraint(['signed_by'], ['person.id'], name=op.f('fk_safety_submission_signed_by_person')),
    sa.ForeignKeyConstraint(['submitted_by'], ['person.id'], name=op.f('fk_safety_submission_submitted_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safety_submission')),
    sa.UniqueConstraint('plan_id', 'no', name=op.f('uq_safety_submission_plan_id_no'))
    )
    with op.batch_alter_table('gate_approval', schema=None) as batch_op:
        batch_op.add_column(sa.Column('terms', sa.JSON(), nullable=True))

    with op.batch_alter_table('staff_shift', schema=None) as batch_op:
        batch_op.add_column(sa.Column('calendar_changed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('staff_shift', schema=None) as batch_op:
        batch_op.drop_column('ended_at')
        batch_op.drop_column('calendar_changed_at')

    with op.batch_alter_table('gate_approval', schema=None) as batch_op:
        batch_op.drop_column('terms')

    op.drop_table('safety_submission')
    with op.batch_alter_table('safety_plan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_safety_plan_university_id'))

    op.drop_table('safety_plan')
    with op.batch_alter_table('responsible_person', schema=None) as batch_op:
        batch_op.drop_index('uq_responsible_school', sqlite_where=sa.text('ended_at IS NULL AND department_id IS NULL AND event_id IS NULL'), postgresql_where=sa.text('ended_at IS NULL AND department_id IS NULL AND event_id IS NULL'))
        batch_op.drop_index('uq_responsible_event', sqlite_where=sa.text('ended_at IS NULL AND event_id IS NOT NULL'), postgresql_where=sa.text('ended_at IS NULL AND event_id IS NOT NULL'))
        batch_op.drop_index('uq_responsible_department', sqlite_where=sa.text('ended_at IS NULL AND department_id IS NOT NULL'), postgresql_where=sa.text('ended_at IS NULL AND department_id IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_responsible_person_university_id'))
        batch_op.drop_index(batch_op.f('ix_responsible_person_person_id'))
        batch_op.drop_index(batch_op.f('ix_responsible_person_event_id'))
        batch_op.drop_index(batch_op.f('ix_responsible_person_department_id'))

    op.drop_table('responsible_person')
    with op.batch_alter_table('licence_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_licence_answer_event_id'))

    op.drop_table('licence_answer')
    with op.batch_alter_table('licence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_licence_university_id'))

    op.drop_table('licence')
    op.drop_table('filing')

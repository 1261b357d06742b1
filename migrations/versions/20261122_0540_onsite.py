"""Incidents on the day of an event, closing checks of its halls."""

import sqlalchemy as sa
from alembic import op

revision = '20261122_0540'
down_revision = '20261122_0530'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('incident',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('space_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('once', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.Enum('crowding', 'exit_blocked', 'injury', 'fire_hazard', 'dispute', 'lost', 'other', name='incidentkind', native_enum=False, length=40), nullable=False),
    sa.Column('severity', sa.Enum('minor', 'serious', name='severity', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('state', sa.Enum('open', 'settled', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('outcome', sa.String(length=500), nullable=False),
    sa.Column('noted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name=op.f('ck_incident_settled')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_incident_event_id_event')),
    sa.ForeignKeyConstraint(['noted_by'], ['person.id'], name=op.f('fk_incident_noted_by_person')),
    sa.ForeignKeyConstraint(['settled_by'], ['person.id'], name=op.f('fk_incident_settled_by_person')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_incident_space_id_space')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_incident_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident')),
    sa.UniqueConstraint('once', name=op.f('uq_incident_once')),
    sa.UniqueConstraint('public_id', name=op.f('uq_incident_public_id'))
    )
    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incident_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_incident_list', ['university_id', 'state', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_incident_space_id'), ['space_id'], unique=False)

    op.create_table('hall_check',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('space_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'faults', 'clear', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('counted', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_hall_check_by_person')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_hall_check_occurrence_id_occurrence')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_hall_check_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hall_check')),
    sa.UniqueConstraint('public_id', name=op.f('uq_hall_check_public_id'))
    )
    with op.batch_alter_table('hall_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hall_check_space_id'), ['space_id'], unique=False)
        batch_op.create_index('uq_hall_check_live', ['occurrence_id', 'space_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('hall_check', schema=None) as batch_op:
        batch_op.drop_index('uq_hall_check_live', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_hall_check_space_id'))

    op.drop_table('hall_check')
    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incident_space_id'))
        batch_op.drop_index('ix_incident_list')
        batch_op.drop_index(batch_op.f('ix_incident_event_id'))

    op.drop_table('incident')

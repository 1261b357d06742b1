"""Live streams of events: their times, the versions of their words, whom and what they present, who went on to them."""

import sqlalchemy as sa
from alembic import op

revision = '20261122_0620'
down_revision = '20261122_0610'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('live_session',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', NUMBER, nullable=False),
    sa.Column('employer_id', NUMBER, nullable=True),
    sa.Column('platform', sa.String(length=40), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('starts_at', AT, nullable=False),
    sa.Column('ends_at', AT, nullable=False),
    sa.Column('state', sa.Enum('draft', 'announced', 'held', 'cancelled', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('words_no', NUMBER, nullable=False),
    sa.Column('viewers_stated', NUMBER, nullable=True),
    sa.Column('uid', sa.String(length=120), nullable=False),
    sa.Column('sequence', NUMBER, nullable=False),
    sa.Column('calendar_changed_at', AT, nullable=False),
    sa.Column('announced_at', AT, nullable=True),
    sa.Column('ended_at', AT, nullable=True),
    sa.Column('created_by', NUMBER, nullable=True),
    sa.Column('created_at', AT, nullable=False),
    sa.Column('version', NUMBER, nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_live_session_period')),
    sa.CheckConstraint('viewers_stated >= 0', name=op.f('ck_live_session_viewers')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_live_session_created_by_person')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_live_session_employer_id_employer')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_live_session_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_live_session')),
    sa.UniqueConstraint('public_id', name=op.f('uq_live_session_public_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_live_session_uid'))
    )
    op.create_table('live_words',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('session_id', NUMBER, nullable=False),
    sa.Column('no', NUMBER, nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('clean', sa.Boolean(), nullable=False),
    sa.Column('words_read', sa.String(length=20), nullable=False),
    sa.Column('created_by', NUMBER, nullable=True),
    sa.Column('created_at', AT, nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_live_words_created_by_person')),
    sa.ForeignKeyConstraint(['session_id'], ['live_session.id'], name=op.f('fk_live_words_session_id_live_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_live_words')),
    sa.UniqueConstraint('session_id', 'no', name=op.f('uq_live_words_session_id_no'))
    )
    for table, other in (('live_presenter', 'employer'), ('live_posting', 'posting')):
        op.create_table(table,
        sa.Column('id', NUMBER, nullable=False),
        sa.Column('session_id', NUMBER, nullable=False),
        sa.Column(f'{other}_id', NUMBER, nullable=False),
        sa.ForeignKeyConstraint([f'{other}_id'], [f'{other}.id'], name=op.f(f'fk_{table}_{other}_id_{other}')),
        sa.ForeignKeyConstraint(['session_id'], ['live_session.id'], name=op.f(f'fk_{table}_session_id_live_session')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
        sa.UniqueConstraint('session_id', f'{other}_id', name=op.f(f'uq_{table}_session_id_{other}_id'))
        )
        op.create_index(f'ix_{table}_{other}_id', table, [f'{other}_id'])
    op.create_table('live_attendance',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('session_id', NUMBER, nullable=False),
    sa.Column('person_id', NUMBER, nullable=False),
    sa.Column('university_id', NUMBER, nullable=False),
    sa.Column('at', AT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_live_attendance_person_id_person')),
    sa.ForeignKeyConstraint(['session_id'], ['live_session.id'], name=op.f('fk_live_attendance_session_id_live_session')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_live_attendance_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_live_attendance')),
    sa.UniqueConstraint('session_id', 'person_id', name=op.f('uq_live_attendance_session_id_person_id'))
    )
    op.create_index('ix_live_session_when', 'live_session', ['event_id', 'starts_at'])
    op.create_index('ix_live_session_employer_id', 'live_session', ['employer_id'])
    op.create_index('ix_live_attendance_person_id', 'live_attendance', ['person_id'])
    op.create_index('ix_live_attendance_university_id', 'live_attendance', ['university_id'])


def downgrade() -> None:
    for table in ('live_attendance', 'live_posting', 'live_presenter', 'live_words', 'live_session'):
        op.drop_table(table)

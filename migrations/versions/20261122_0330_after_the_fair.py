"""After the fair: closings with kept figures, the survey, outcomes."""

import sqlalchemy as sa
from alembic import op

revision = '20261122_0330'
down_revision = '20261122_0320'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('closing',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('open', 'confirmed', 'published', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('nudged', sa.Enum('', 'soon', 'late', name='nudge', native_enum=False, length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_closing_event_id_event')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_closing_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closing')),
    sa.UniqueConstraint('event_id', name=op.f('uq_closing_event_id'))
    )
    with op.batch_alter_table('closing', schema=None) as batch_op:
        batch_op.create_index('ix_closing_waiting', ['university_id', 'state', 'due_at'], unique=False)

    op.create_table('closing_snapshot',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_closing_snapshot_by_person')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_closing_snapshot_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closing_snapshot')),
    sa.UniqueConstraint('event_id', 'no', name=op.f('uq_closing_snapshot_event_id_no')),
    sa.UniqueConstraint('public_id', name=op.f('uq_closing_snapshot_public_id'))
    )
    op.create_table('employer_result',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('intents', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('offers', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('signed', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('intents >= 0 AND offers >= 0 AND signed >= 0', name=op.f('ck_employer_result_counts')),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_employer_result_by_person')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_result_employer_id_employer')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_employer_result_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_result')),
    sa.UniqueConstraint('event_id', 'employer_id', name=op.f('uq_employer_result_event_id_employer_id'))
    )
    with op.batch_alter_table('employer_result', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employer_result_employer_id'), ['employer_id'], unique=False)

    op.create_table('fair_outcome',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage', sa.Enum('intent', 'offer', 'signed', 'ended', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_fair_outcome_employer_id_employer')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_fair_outcome_event_id_event')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_fair_outcome_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_outcome')),
    sa.UniqueConstraint('event_id', 'person_id', 'employer_id', name=op.f('uq_fair_outcome_event_id_person_id_employer_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_fair_outcome_public_id'))
    )
    with op.batch_alter_table('fair_outcome', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fair_outcome_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fair_outcome_person_id'), ['person_id'], unique=False)

    op.create_table('survey_answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('side', sa.Enum('student', 'employer', name='side', native_enum=False, length=40), nullable=False),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('fit', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organised', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('again', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('comment', sa.String(length=300), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.CheckConstraint("(side = 'student') = (employer_id IS NULL)", name=op.f('ck_survey_answer_anonymous')),
    sa.CheckConstraint('fit BETWEEN 1 AND 5 AND organised BETWEEN 1 AND 5 AND again BETWEEN 1 AND 5', name=op.f('ck_survey_answer_scores')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_survey_answer_employer_id_employer')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_survey_answer_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_answer'))
    )
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_answer_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index('ix_survey_answer_event', ['event_id', 'side'], unique=False)
        batch_op.create_index('uq_survey_answer_employer', ['event_id', 'employer_id'], unique=True, sqlite_where=sa.text('employer_id IS NOT NULL'), postgresql_where=sa.text('employer_id IS NOT NULL'))

    op.create_table('survey_mark',
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_survey_mark_event_id_event')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_survey_mark_person_id_person')),
    sa.PrimaryKeyConstraint('event_id', 'person_id', name=op.f('pk_survey_mark'))
    )
    with op.batch_alter_table('survey_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_mark_person_id'), ['person_id'], unique=False)
    _keep_snapshots()


def _keep_snapshots() -> None:
    """Confirmed figures are kept: the database refuses to change or delete a row of them."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION closing_snapshot_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'closing_snapshot rows are kept as they are'; END $$"
        )
        op.execute(
            "CREATE TRIGGER closing_snapshot_kept BEFORE UPDATE OR DELETE ON closing_snapshot"
            " FOR EACH ROW EXECUTE FUNCTION closing_snapshot_is_kept()"
        )
        return
    for moment in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER closing_snapshot_kept_{moment.lower()} BEFORE {moment} ON closing_snapshot"
            " BEGIN SELECT RAISE(ABORT, 'closing_snapshot rows are kept as they are'); END"
        )


def downgrade() -> None:
    with op.batch_alter_table('survey_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_mark_person_id'))

    op.drop_table('survey_mark')
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.drop_index('uq_survey_answer_employer', sqlite_where=sa.text('employer_id IS NOT NULL'), postgresql_where=sa.text('employer_id IS NOT NULL'))
        batch_op.drop_index('ix_survey_answer_event')
        batch_op.drop_index(batch_op.f('ix_survey_answer_employer_id'))

    op.drop_table('survey_answer')
    with op.batch_alter_table('fair_outcome', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fair_outcome_person_id'))
        batch_op.drop_index(batch_op.f('ix_fair_outcome_employer_id'))

    op.drop_table('fair_outcome')
    with op.batch_alter_table('employer_result', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_employer_result_employer_id'))

    op.drop_table('employer_result')
    op.drop_table('closing_snapshot')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION closing_snapshot_is_kept()")
    with op.batch_alter_table('closing', schema=None) as batch_op:
        batch_op.drop_index('ix_closing_waiting')

    op.drop_table('closing')

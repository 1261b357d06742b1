"""The core schema, whole (docs/schema.md)."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('employer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('uscc', sa.String(length=18), nullable=True),
    sa.Column('uscc_exemption', sa.String(length=200), nullable=True),
    sa.Column('legal_name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.Enum('enterprise', 'branch', 'hr_agency', 'public_institution', 'government', 'social_organisation', 'military', name='employerkind', native_enum=False, length=40), nullable=False),
    sa.Column('ownership', sa.Enum('private', 'state', 'foreign', 'joint', 'public', name='ownership', native_enum=False, length=40), nullable=False),
    sa.Column('size', sa.Enum('large', 'medium', 'small', 'micro', name='employersize', native_enum=False, length=40), nullable=False),
    sa.Column('industry', sa.String(length=40), nullable=False),
    sa.Column('region', sa.String(length=40), nullable=False),
    sa.Column('website', sa.String(length=200), nullable=False),
    sa.Column('profile', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(uscc IS NULL) <> (uscc_exemption IS NULL)', name=op.f('ck_employer_uscc_or_exemption')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer')),
    sa.UniqueConstraint('public_id', name=op.f('uq_employer_public_id')),
    sa.UniqueConstraint('uscc', name=op.f('uq_employer_uscc'))
    )
    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employer_legal_name'), ['legal_name'], unique=False)

    op.create_table('lease',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('owner', sa.String(length=60), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_lease'))
    )
    op.create_table('person',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('email', sa.String(length=120), nullable=True),
    sa.Column('phone', sa.String(length=30), nullable=True),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('public_id', name=op.f('uq_person_public_id'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_email'), ['email'], unique=False)

    op.create_table('university',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('name_en', sa.String(length=100), nullable=False),
    sa.Column('hotline_phone', sa.String(length=40), nullable=False),
    sa.Column('hotline_mail', sa.String(length=120), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_university')),
    sa.UniqueConstraint('code', name=op.f('uq_university_code')),
    sa.UniqueConstraint('slug', name=op.f('uq_university_slug'))
    )
    op.create_table('acceptance',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('document_kind', sa.Enum('privacy_notice', 'pledge', 'fair_consent', name='documentkind', native_enum=False, length=40), nullable=False),
    sa.Column('document_version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_acceptance_person_id_person')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_acceptance_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acceptance'))
    )
    with op.batch_alter_table('acceptance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_acceptance_university_id'), ['university_id'], unique=False)
        batch_op.create_index('ix_acceptance_whose', ['person_id', 'document_kind', 'document_version'], unique=False)

    op.create_table('access_log',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.String(length=60), nullable=False),
    sa.Column('subject_kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['person.id'], name=op.f('fk_access_log_actor_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_log'))
    )
    with op.batch_alter_table('access_log', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_log_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_access_log_subject', ['subject_kind', 'subject_id'], unique=False)

    op.create_table('account',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('login', sa.String(length=120), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('failed_attempts', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('locked_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('session_epoch', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('signed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_account_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('login', name=op.f('uq_account_login')),
    sa.UniqueConstraint('person_id', name=op.f('uq_account_person_id'))
    )
    op.create_table('audit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject_kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('seal', sa.String(length=64), nullable=True),
    sa.CheckConstraint('(seq IS NULL) = (seal IS NULL)', name=op.f('ck_audit_sealed_whole')),
    sa.ForeignKeyConstraint(['actor_id'], ['person.id'], name=op.f('fk_audit_actor_id_person')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_audit_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit')),
    sa.UniqueConstraint('seq', name=op.f('uq_audit_seq'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_audit_subject', ['subject_kind', 'subject_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_university_id'), ['university_id'], unique=False)

    op.create_table('calendar_day',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.Enum('workday', 'swap_workday', 'holiday', 'swap_rest', 'weekend', name='daykind', native_enum=False, length=40), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('source', sa.String(length=60), nullable=False),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_calendar_day_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_day'))
    )
    with op.batch_alter_table('calendar_day', schema=None) as batch_op:
        batch_op.create_index('uq_calendar_day_school', ['university_id', 'day'], unique=True, sqlite_where=sa.text('university_id IS NOT NULL'), postgresql_where=sa.text('university_id IS NOT NULL'))
        batch_op.create_index('uq_calendar_day_state', ['day'], unique=True, sqlite_where=sa.text('university_id IS NULL'), postgresql_where=sa.text('university_id IS NULL'))

    op.create_table('campus',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_campus_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campus')),
    sa.UniqueConstraint('university_id', 'name', name=op.f('uq_campus_university_id_name'))
    )
    op.create_table('department',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_department_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_department')),
    sa.UniqueConstraint('university_id', 'code', name=op.f('uq_department_university_id_code'))
    )
    op.create_table('employer_contact',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('requested', 'active', 'ended', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('is_owner', sa.Boolean(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_contact_employer_id_employer')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_employer_contact_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_contact'))
    )
    with op.batch_alter_table('employer_contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employer_contact_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_employer_contact_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_employer_contact_live', ['employer_id', 'person_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('employer_standing',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', 'under_review', 'verified', 'returned', 'rejected', 'suspended', 'blacklisted', 'reinstatement_requested', 'expired', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_employer_standing_decided_by_person')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_standing_employer_id_employer')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_employer_standing_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_standing')),
    sa.UniqueConstraint('public_id', name=op.f('uq_employer_standing_public_id')),
    sa.UniqueConstraint('university_id', 'employer_id', name=op.f('uq_employer_standing_university_id_employer_id'))
    )
    with op.batch_alter_table('employer_standing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employer_standing_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index('ix_employer_standing_queue', ['university_id', 'state', 'due_at'], unique=False)

    op.create_table('event_series',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_event_series_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_series')),
    sa.UniqueConstraint('public_id', name=op.f('uq_event_series_public_id'))
    )
    with op.batch_alter_table('event_series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_series_university_id'), ['university_id'], unique=False)

    op.create_table('feed_token',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('scope', sa.String(length=30), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(person_id IS NULL) <> (employer_id IS NULL)', name=op.f('ck_feed_token_one_owner')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_feed_token_employer_id_employer')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_feed_token_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_token')),
    sa.UniqueConstraint('public_id', name=op.f('uq_feed_token_public_id')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_feed_token_secret_hash'))
    )
    with op.batch_alter_table('feed_token', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feed_token_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_feed_token_person_id'), ['person_id'], unique=False)

    op.create_table('file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('bytes', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('path', sa.String(length=200), nullable=False),
    sa.Column('purpose', sa.Enum('credential', 'identity', 'import', 'export', 'evidence', 'plan', name='filepurpose', native_enum=False, length=40), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('uploaded_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('purge_after', sa.DateTime(timezone=True), nullable=True),
    sa.Column('purged_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_file_university_id_university')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['person.id'], name=op.f('fk_file_uploaded_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file')),
    sa.UniqueConstraint('public_id', name=op.f('uq_file_public_id'))
    )
    with op.batch_alter_table('file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_file_sha256'), ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_file_university_id'), ['university_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_file_uploaded_by'), ['uploaded_by'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('dedupe_key', sa.String(length=200), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('channel', sa.Enum('mail', 'inbox', name='channel', native_enum=False, length=40), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('params', sa.JSON(), nullable=False),
    sa.Column('subject_kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('anchor_on', sa.Date(), nullable=True),
    sa.Column('planned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('scheduled', 'sending', 'sent', 'suppressed', 'dead', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('claimed_by', sa.String(length=60), nullable=True),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('last_error', sa.String(length=300), nullable=False),
    sa.Column('message_id', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_message_person_id_person')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_message_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_message_dedupe_key')),
    sa.UniqueConstraint('message_id', name=op.f('uq_message_message_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_message_public_id'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_due', ['state', 'planned_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_message_subject', ['subject_kind', 'subject_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_university_id'), ['university_id'], unique=False)

    op.create_table('posting',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('publishing_employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('hiring_employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('job', 'internship', 'traineeship', 'flexible', 'research_assistant', 'grassroots', name='postingkind', native_enum=False, length=40), nullable=False),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_posting_created_by_person')),
    sa.ForeignKeyConstraint(['hiring_employer_id'], ['employer.id'], name=op.f('fk_posting_hiring_employer_id_employer')),
    sa.ForeignKeyConstraint(['publishing_employer_id'], ['employer.id'], name=op.f('fk_posting_publishing_employer_id_employer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posting')),
    sa.UniqueConstraint('public_id', name=op.f('uq_posting_public_id'))
    )
    with op.batch_alter_table('posting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_posting_hiring_employer_id'), ['hiring_employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_posting_publishing_employer_id'), ['publishing_employer_id'], unique=False)

    op.create_table('programme',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.Enum('recruitment_month', 'enterprises_on_campus', 'employment_promotion_week', 'hundred_school_joint', 'campaign', 'other', name='programmekind', native_enum=False, length=40), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('theme', sa.String(length=100), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('cohort', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_programme_period')),
    sa.ForeignKeyConstraint(['parent_id'], ['programme.id'], name=op.f('fk_programme_parent_id_programme')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_programme_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('public_id', name=op.f('uq_programme_public_id'))
    )
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_programme_university_id'), ['university_id'], unique=False)

    op.create_table('vetting_case',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject_kind', sa.Enum('posting', 'event', 'employer_profile', 'brochure', name='subjectkind', native_enum=False, length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('revision_no', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('profile', sa.String(length=30), nullable=False),
    sa.Column('employer_type', sa.String(length=30), nullable=True),
    sa.Column('rulebook_version', sa.String(length=20), nullable=False),
    sa.Column('state', sa.Enum('in_review', 'approved', 'returned', 'rejected', 'appealed', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('assignee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['assignee_id'], ['person.id'], name=op.f('fk_vetting_case_assignee_id_person')),
    sa.ForeignKeyConstraint(['submitted_by'], ['person.id'], name=op.f('fk_vetting_case_submitted_by_person')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_vetting_case_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vetting_case')),
    sa.UniqueConstraint('public_id', name=op.f('uq_vetting_case_public_id')),
    sa.UniqueConstraint('university_id', 'subject_kind', 'subject_id', 'revision_no', name=op.f('uq_vetting_case_university_id_subject_kind_subject_id_revision_no'))
    )
    with op.batch_alter_table('vetting_case', schema=None) as batch_op:
        batch_op.create_index('ix_vetting_case_queue', ['university_id', 'state', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_vetting_case_subject_id'), ['subject_id'], unique=False)

    op.create_table('credential',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('business_licence', 'letter_of_authority', 'contact_id', 'hr_service_licence', 'parent_licence', 'principal_authorisation', name='credentialkind', native_enum=False, length=40), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('principal_employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_credential_employer_id_employer')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_credential_file_id_file')),
    sa.ForeignKeyConstraint(['principal_employer_id'], ['employer.id'], name=op.f('fk_credential_principal_employer_id_employer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credential'))
    )
    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_credential_employer_id'), ['employer_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('verdict', sa.Enum('approve', 'return', 'reject', name='verdictkind', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_decision_by_person')),
    sa.ForeignKeyConstraint(['case_id'], ['vetting_case.id'], name=op.f('fk_decision_case_id_vetting_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('case_id', 'seq', name=op.f('uq_decision_case_id_seq'))
    )
    op.create_table('event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('no', sa.String(length=20), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.Enum('job_fair', 'specialty_fair', 'info_session', 'group_recruitment', 'test_session', 'docking_meeting', 'workshop', 'meeting', 'public_service_day', 'themed_education', name='eventkind', native_enum=False, length=40), nullable=False),
    sa.Column('scope', sa.Enum('school', 'department', 'regional', 'industry', 'alliance', name='eventscope', native_enum=False, length=40), nullable=False),
    sa.Column('level', sa.Enum('national', 'provincial', 'municipal', 'school', 'department', name='eventlevel', native_enum=False, length=40), nullable=False),
    sa.Column('mode', sa.Enum('onsite', 'online', 'hybrid', name='eventmode', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('online_url', sa.String(length=300), nullable=False),
    sa.Column('state', sa.Enum('draft', 'planned', 'safety_review', 'returned', 'approved', 'open', 'locked', 'running', 'paused', 'evacuated', 'closed', 'reported', 'postponed', 'cancelled', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_reason', sa.String(length=300), nullable=False),
    sa.Column('series_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('series_no', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cloned_from_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['cloned_from_id'], ['event.id'], name=op.f('fk_event_cloned_from_id_event')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_event_department_id_department')),
    sa.ForeignKeyConstraint(['series_id'], ['event_series.id'], name=op.f('fk_event_series_id_event_series')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_event_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('public_id', name=op.f('uq_event_public_id')),
    sa.UniqueConstraint('university_id', 'no', name=op.f('uq_event_university_id_no'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_department_id'), ['department_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_series_id'), ['series_id'], unique=False)
        batch_op.create_index('ix_event_state', ['university_id', 'state'], unique=False)

    op.create_table('finding',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rulebook_version', sa.String(length=20), nullable=False),
    sa.Column('rule', sa.String(length=60), nullable=False),
    sa.Column('category', sa.String(length=40), nullable=False),
    sa.Column('severity', sa.Enum('block', 'review', 'advise', name='severity', native_enum=False, length=40), nullable=False),
    sa.Column('field', sa.String(length=30), nullable=False),
    sa.Column('start', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('end', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quote', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('rewrite', sa.Text(), nullable=False),
    sa.Column('overruled_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['vetting_case.id'], name=op.f('fk_finding_case_id_vetting_case')),
    sa.ForeignKeyConstraint(['overruled_by'], ['decision.id'], name=op.f('fk_finding_overruled_by_decision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_case_id'), ['case_id'], unique=False)

    op.create_table('major',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('national_code', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_major_department_id_department')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_major')),
    sa.UniqueConstraint('department_id', 'national_code', name=op.f('uq_major_department_id_national_code'))
    )
    with op.batch_alter_table('major', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_major_national_code'), ['national_code'], unique=False)

    op.create_table('posting_revision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('posting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('headcount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('city', sa.String(length=40), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['posting_id'], ['posting.id'], name=op.f('fk_posting_revision_posting_id_posting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posting_revision')),
    sa.UniqueConstraint('posting_id', 'no', name=op.f('uq_posting_revision_posting_id_no'))
    )
    with op.batch_alter_table('posting_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_posting_revision_city'), ['city'], unique=False)

    op.create_table('sanction',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('standing_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('strike', 'suspension', 'blacklist', name='sanctionkind', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('lifted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_sanction_file_id_file')),
    sa.ForeignKeyConstraint(['lifted_by'], ['person.id'], name=op.f('fk_sanction_lifted_by_person')),
    sa.ForeignKeyConstraint(['standing_id'], ['employer_standing.id'], name=op.f('fk_sanction_standing_id_employer_standing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sanction'))
    )
    with op.batch_alter_table('sanction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sanction_standing_id'), ['standing_id'], unique=False)

    op.create_table('space',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campus_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.Enum('hall', 'room', 'zone', 'employment_home', name='spacekind', native_enum=False, length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('net_area', sa.Double(), nullable=False),
    sa.Column('capacity', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('features', sa.JSON(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['campus_id'], ['campus.id'], name=op.f('fk_space_campus_id_campus')),
    sa.ForeignKeyConstraint(['parent_id'], ['space.id'], name=op.f('fk_space_parent_id_space')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_space_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_space')),
    sa.UniqueConstraint('campus_id', 'name', name=op.f('uq_space_campus_id_name')),
    sa.UniqueConstraint('public_id', name=op.f('uq_space_public_id'))
    )
    with op.batch_alter_table('space', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_space_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_space_university_id'), ['university_id'], unique=False)

    op.create_table('task',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('dedupe_key', sa.String(length=120), nullable=False),
    sa.Column('params', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('queued', 'running', 'done', 'failed', 'stopped', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('progress', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('total', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('checkpoint', sa.JSON(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('owner', sa.String(length=60), nullable=True),
    sa.Column('heartbeat_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('cancel_requested', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_task_created_by_person')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_task_file_id_file')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_task_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task')),
    sa.UniqueConstraint('public_id', name=op.f('uq_task_public_id'))
    )
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_created_by'), ['created_by'], unique=False)
        batch_op.create_index('ix_task_state', ['state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_university_id'), ['university_id'], unique=False)
        batch_op.create_index('uq_task_live', ['dedupe_key'], unique=True, sqlite_where=sa.text("state IN ('queued', 'running')"), postgresql_where=sa.text("state IN ('queued', 'running')"))

    op.create_table('event_organiser',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('role', sa.Enum('host', 'organiser', 'co_organiser', 'partner', name='organiserrole', native_enum=False, length=40), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_accountable', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_organiser_event_id_event')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_event_organiser_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_organiser')),
    sa.UniqueConstraint('event_id', 'position', name=op.f('uq_event_organiser_event_id_position'))
    )
    with op.batch_alter_table('event_organiser', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_organiser_university_id'), ['university_id'], unique=False)
        batch_op.create_index('uq_event_organiser_accountable', ['event_id'], unique=True, sqlite_where=sa.text('is_accountable'), postgresql_where=sa.text('is_accountable'))

    op.create_table('event_school',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('booth_quota', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ticket_quota', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_school_event_id_event')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_event_school_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_school')),
    sa.UniqueConstraint('event_id', 'university_id', name=op.f('uq_event_school_event_id_university_id'))
    )
    with op.batch_alter_table('event_school', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_school_university_id'), ['university_id'], unique=False)

    op.create_table('event_target',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dimension', sa.Enum('major', 'department', 'degree', 'cohort', 'industry', 'region', 'campaign', 'group', name='targetdimension', native_enum=False, length=40), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_target_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_target')),
    sa.UniqueConstraint('event_id', 'dimension', 'code', name=op.f('uq_event_target_event_id_dimension_code'))
    )
    with op.batch_alter_table('event_target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_target_code'), ['code'], unique=False)

    op.create_table('exhibitor',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.Enum('draft', 'requested', 'waitlisted', 'allocated', 'confirmed', 'checked_in', 'departed', 'declined', 'lapsed', 'cancelled_in_time', 'cancelled_late', 'no_show', 'revoked', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('needs', sa.JSON(), nullable=False),
    sa.Column('majors', sa.JSON(), nullable=False),
    sa.Column('priority', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('uid', sa.String(length=120), nullable=False),
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('calendar_changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['person.id'], name=op.f('fk_exhibitor_contact_id_person')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_exhibitor_employer_id_employer')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_exhibitor_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exhibitor')),
    sa.UniqueConstraint('public_id', name=op.f('uq_exhibitor_public_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_exhibitor_uid'))
    )
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exhibitor_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exhibitor_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index('ix_exhibitor_state', ['event_id', 'state'], unique=False)
        batch_op.create_index('uq_exhibitor_live', ['event_id', 'employer_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('fair',
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('expected_attendance', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('open_to_public', sa.Boolean(), nullable=False),
    sa.Column('requests_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('offer_hours', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('hold_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('free_cancel_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('max_reps', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('pause_reason', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_fair_event_id_event')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_fair'))
    )
    op.create_table('fair_key',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_fair_key_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_key')),
    sa.UniqueConstraint('event_id', 'version', name=op.f('uq_fair_key_event_id_version'))
    )
    with op.batch_alter_table('fair_key', schema=None) as batch_op:
        batch_op.create_index('uq_fair_key_live', ['event_id'], unique=True, sqlite_where=sa.text('retired_at IS NULL'), postgresql_where=sa.text('retired_at IS NULL'))

    op.create_table('gate',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('space_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('direction', sa.Enum('in', 'out', name='direction', native_enum=False, length=40), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_gate_event_id_event')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_gate_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gate')),
    sa.UniqueConstraint('event_id', 'name', name=op.f('uq_gate_event_id_name')),
    sa.UniqueConstraint('public_id', name=op.f('uq_gate_public_id'))
    )
    with op.batch_alter_table('gate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gate_space_id'), ['space_id'], unique=False)

    op.create_table('gate_approval',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('gate', sa.Enum('plan', 'vetting', 'safety', 'licence', name='gate', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('not_needed', 'drafting', 'submitted', 'accepted', 'granted', 'refused', 'surrendered', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('signed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_gate_approval_event_id_event')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_gate_approval_file_id_file')),
    sa.ForeignKeyConstraint(['signed_by'], ['person.id'], name=op.f('fk_gate_approval_signed_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gate_approval'))
    )
    with op.batch_alter_table('gate_approval', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gate_approval_event_id'), ['event_id'], unique=False)
        batch_op.create_index('uq_gate_approval_live', ['event_id', 'gate'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('invitation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('email', sa.String(length=120), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('state', sa.Enum('sent', 'opened', 'accepted', 'declined', 'expired', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('invited_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_invitation_employer_id_employer')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_invitation_event_id_event')),
    sa.ForeignKeyConstraint(['invited_by'], ['person.id'], name=op.f('fk_invitation_invited_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('public_id', name=op.f('uq_invitation_public_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_event_id'), ['event_id'], unique=False)

    op.create_table('occurrence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ordinal', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('planned', 'cancelled', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('uid', sa.String(length=120), nullable=False),
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('calendar_changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_occurrence_period')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_occurrence_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occurrence')),
    sa.UniqueConstraint('event_id', 'ordinal', name=op.f('uq_occurrence_event_id_ordinal')),
    sa.UniqueConstraint('public_id', name=op.f('uq_occurrence_public_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_occurrence_uid'))
    )
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.create_index('ix_occurrence_when', ['starts_at'], unique=False)

    op.create_table('plan',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'frozen', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_plan_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan')),
    sa.UniqueConstraint('event_id', 'version', name=op.f('uq_plan_event_id_version'))
    )
    op.create_table('posting_publication',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('posting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('revision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_down_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_posting_publication_decision_id_decision')),
    sa.ForeignKeyConstraint(['posting_id'], ['posting.id'], name=op.f('fk_posting_publication_posting_id_posting')),
    sa.ForeignKeyConstraint(['revision_id'], ['posting_revision.id'], name=op.f('fk_posting_publication_revision_id_posting_revision')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_posting_publication_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posting_publication'))
    )
    with op.batch_alter_table('posting_publication', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_posting_publication_decision_id'), ['decision_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_posting_publication_posting_id'), ['posting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_posting_publication_revision_id'), ['revision_id'], unique=False)
        batch_op.create_index('ix_posting_publication_shown', ['university_id', 'until_at'], unique=False)
        batch_op.create_index('uq_posting_publication_live', ['posting_id', 'university_id'], unique=True, sqlite_where=sa.text('taken_down_at IS NULL'), postgresql_where=sa.text('taken_down_at IS NULL'))

    op.create_table('programme_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('outside_reason', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_programme_event_event_id_event')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_event_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_event')),
    sa.UniqueConstraint('programme_id', 'event_id', name=op.f('uq_programme_event_programme_id_event_id'))
    )
    with op.batch_alter_table('programme_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_event_event_id'), ['event_id'], unique=False)

    op.create_table('role',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('student', 'employer_hr', 'employer_rep', 'dept_coordinator', 'counsellor', 'career_officer', 'career_director', 'door_staff', 'campus_security', 'school_leader', 'province_viewer', 'auditor', 'admin', name='rolekind', native_enum=False, length=40), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('granted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('until_on IS NULL OR until_on >= from_on', name=op.f('ck_role_period')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_role_department_id_department')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_role_employer_id_employer')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_role_event_id_event')),
    sa.ForeignKeyConstraint(['granted_by'], ['person.id'], name=op.f('fk_role_granted_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_person_id_person')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_role_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role'))
    )
    with op.batch_alter_table('role', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_department_id'), ['department_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_university_id'), ['university_id'], unique=False)

    op.create_table('student',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('student_no', sa.String(length=30), nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('major_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('degree', sa.Enum('college', 'bachelor', 'master', 'doctor', name='degree', native_enum=False, length=40), nullable=False),
    sa.Column('cohort', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('active', 'left', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_student_department_id_department')),
    sa.ForeignKeyConstraint(['major_id'], ['major.id'], name=op.f('fk_student_major_id_major')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_student_person_id_person')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_student_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_student')),
    sa.UniqueConstraint('university_id', 'student_no', name=op.f('uq_student_university_id_student_no'))
    )
    with op.batch_alter_table('student', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_student_department_id'), ['department_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_student_major_id'), ['major_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_student_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_student_where', ['university_id', 'department_id', 'cohort'], unique=False)

    op.create_table('booth_assignment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('exhibitor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('booth_key', sa.String(length=20), nullable=False),
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('offered', 'confirmed', 'declined', 'lapsed', 'released', 'revoked', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('locked', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_booth_assignment_event_id_event')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_booth_assignment_exhibitor_id_exhibitor')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_booth_assignment_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booth_assignment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_booth_assignment_public_id'))
    )
    with op.batch_alter_table('booth_assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booth_assignment_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booth_assignment_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index('uq_booth_assignment_booth', ['event_id', 'booth_key'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.create_index('uq_booth_assignment_exhibitor', ['exhibitor_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('entry_slot',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('capacity', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('walk_in_quota', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('capacity >= 0', name=op.f('ck_entry_slot_capacity')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_entry_slot_period')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_entry_slot_occurrence_id_occurrence')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_slot')),
    sa.UniqueConstraint('occurrence_id', 'starts_at', name=op.f('uq_entry_slot_occurrence_id_starts_at')),
    sa.UniqueConstraint('public_id', name=op.f('uq_entry_slot_public_id'))
    )
    op.create_table('exhibitor_posting',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('exhibitor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('posting_revision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_exhibitor_posting_exhibitor_id_exhibitor')),
    sa.ForeignKeyConstraint(['posting_revision_id'], ['posting_revision.id'], name=op.f('fk_exhibitor_posting_posting_revision_id_posting_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exhibitor_posting')),
    sa.UniqueConstraint('exhibitor_id', 'posting_revision_id', name=op.f('uq_exhibitor_posting_exhibitor_id_posting_revision_id'))
    )
    with op.batch_alter_table('exhibitor_posting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exhibitor_posting_posting_revision_id'), ['posting_revision_id'], unique=False)

    op.create_table('head_count',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('space_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_total', sa.Boolean(), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_head_count_by_person')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_head_count_occurrence_id_occurrence')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_head_count_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_head_count'))
    )
    with op.batch_alter_table('head_count', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_head_count_occurrence_id'), ['occurrence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_head_count_space_id'), ['space_id'], unique=False)

    op.create_table('rep_pass',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('exhibitor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('phone', sa.String(length=30), nullable=True),
    sa.Column('plate', sa.String(length=20), nullable=False),
    sa.Column('checkin_code', sa.String(length=6), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_rep_pass_exhibitor_id_exhibitor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rep_pass')),
    sa.UniqueConstraint('exhibitor_id', 'checkin_code', name=op.f('uq_rep_pass_exhibitor_id_checkin_code')),
    sa.UniqueConstraint('public_id', name=op.f('uq_rep_pass_public_id'))
    )
    op.create_table('space_use',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('space_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.String(length=100), nullable=False),
    sa.Column('state', sa.Enum('tentative', 'firm', 'released', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.CheckConstraint("occurrence_id IS NOT NULL OR reason <> ''", name=op.f('ck_space_use_why')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_space_use_period')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_space_use_occurrence_id_occurrence')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_space_use_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_space_use'))
    )
    with op.batch_alter_table('space_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_space_use_occurrence_id'), ['occurrence_id'], unique=False)
        batch_op.create_index('ix_space_use_when', ['space_id', 'starts_at'], unique=False)

    op.create_table('staff_shift',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('gate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('duty', sa.String(length=60), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('uid', sa.String(length=120), nullable=False),
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_staff_shift_period')),
    sa.ForeignKeyConstraint(['gate_id'], ['gate.id'], name=op.f('fk_staff_shift_gate_id_gate')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_staff_shift_occurrence_id_occurrence')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_shift_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_shift')),
    sa.UniqueConstraint('public_id', name=op.f('uq_staff_shift_public_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_staff_shift_uid'))
    )
    with op.batch_alter_table('staff_shift', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_shift_gate_id'), ['gate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_shift_occurrence_id'), ['occurrence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_shift_person_id'), ['person_id'], unique=False)

    op.create_table('zone',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_zone_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_zone')),
    sa.UniqueConstraint('plan_id', 'key', name=op.f('uq_zone_plan_id_key'))
    )
    op.create_table('device_pass',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('gate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('staff_shift_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('rights', sa.JSON(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('clock_offset_ms', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_device_pass_created_by_person')),
    sa.ForeignKeyConstraint(['gate_id'], ['gate.id'], name=op.f('fk_device_pass_gate_id_gate')),
    sa.ForeignKeyConstraint(['staff_shift_id'], ['staff_shift.id'], name=op.f('fk_device_pass_staff_shift_id_staff_shift')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device_pass')),
    sa.UniqueConstraint('public_id', name=op.f('uq_device_pass_public_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_device_pass_token_hash'))
    )
    with op.batch_alter_table('device_pass', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_device_pass_gate_id'), ['gate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_device_pass_staff_shift_id'), ['staff_shift_id'], unique=False)

    op.create_table('plan_booth',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('booth_key', sa.String(length=20), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('zone_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('size', sa.Enum('small', 'standard', 'large', name='boothsize', native_enum=False, length=40), nullable=False),
    sa.Column('power', sa.Boolean(), nullable=False),
    sa.Column('accessible', sa.Boolean(), nullable=False),
    sa.Column('geometry', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_booth_plan_id_plan')),
    sa.ForeignKeyConstraint(['zone_id'], ['zone.id'], name=op.f('fk_plan_booth_zone_id_zone')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_booth')),
    sa.UniqueConstraint('plan_id', 'booth_key', name=op.f('uq_plan_booth_plan_id_booth_key')),
    sa.UniqueConstraint('plan_id', 'number', name=op.f('uq_plan_booth_plan_id_number'))
    )
    with op.batch_alter_table('plan_booth', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_booth_zone_id'), ['zone_id'], unique=False)

    op.create_table('registration',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('entry_slot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'ticketed', 'checked_in', 'checked_out', 'cancelled', 'no_show', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('uid', sa.String(length=120), nullable=False),
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('calendar_changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['entry_slot_id'], ['entry_slot.id'], name=op.f('fk_registration_entry_slot_id_entry_slot')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_registration_occurrence_id_occurrence')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_registration_person_id_person')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_registration_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration')),
    sa.UniqueConstraint('public_id', name=op.f('uq_registration_public_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_registration_uid'))
    )
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_occurrence_id'), ['occurrence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_registration_slot', ['entry_slot_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_university_id'), ['university_id'], unique=False)
        batch_op.create_index('uq_registration_live', ['occurrence_id', 'person_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('scan',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.Column('device_pass_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('gate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('direction', sa.Enum('in', 'out', name='direction', native_enum=False, length=40), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('holder_kind', sa.Enum('student', 'representative', 'staff', name='holderkind', native_enum=False, length=40), nullable=True),
    sa.Column('holder_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('verdict', sa.Enum('in', 'in_check_id', 'repeat', 'out', 'already_in', 'not_inside', 'too_early', 'wrong_slot', 'waiting', 'stale_code', 'forged_code', 'unknown', 'wrong_event', 'wrong_day', 'cancelled', 'revoked_pass', 'expired_pass', 'event_closed', 'stop_entry', 'undone', name='verdict', native_enum=False, length=40), nullable=False),
    sa.Column('mode', sa.Enum('online', 'offline', 'manual', name='scanmode', native_enum=False, length=40), nullable=False),
    sa.Column('scanned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undoes_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['device_pass_id'], ['device_pass.id'], name=op.f('fk_scan_device_pass_id_device_pass')),
    sa.ForeignKeyConstraint(['gate_id'], ['gate.id'], name=op.f('fk_scan_gate_id_gate')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_scan_occurrence_id_occurrence')),
    sa.ForeignKeyConstraint(['undoes_id'], ['scan.id'], name=op.f('fk_scan_undoes_id_scan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan')),
    sa.UniqueConstraint('client_id', name=op.f('uq_scan_client_id'))
    )
    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scan_code_hash'), ['code_hash'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_device_pass_id'), ['device_pass_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_gate_id'), ['gate_id'], unique=False)
        batch_op.create_index('ix_scan_holder', ['occurrence_id', 'holder_kind', 'holder_id', 'corrected_at'], unique=False)
        batch_op.create_index('ix_scan_verdict', ['occurrence_id', 'verdict'], unique=False)

    op.create_table('ticket',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('registration_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=13), nullable=False),
    sa.Column('key_version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('rotating', 'printed', name='ticketkind', native_enum=False, length=40), nullable=False),
    sa.Column('device', sa.String(length=60), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_ticket_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('code', name=op.f('uq_ticket_code'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_registration_id'), ['registration_id'], unique=False)

    op.create_table('contact_share',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('exhibitor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('acceptance_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('scan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['acceptance_id'], ['acceptance.id'], name=op.f('fk_contact_share_acceptance_id_acceptance')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_contact_share_exhibitor_id_exhibitor')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_contact_share_person_id_person')),
    sa.ForeignKeyConstraint(['scan_id'], ['scan.id'], name=op.f('fk_contact_share_scan_id_scan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_share')),
    sa.UniqueConstraint('exhibitor_id', 'person_id', name=op.f('uq_contact_share_exhibitor_id_person_id'))
    )
    with op.batch_alter_table('contact_share', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_share_person_id'), ['person_id'], unique=False)

    op.create_table('presence',
    sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('space_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('holder_kind', sa.Enum('student', 'representative', 'staff', name='holderkind', native_enum=False, length=40), nullable=False),
    sa.Column('holder_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('inside', sa.Boolean(), nullable=False),
    sa.Column('last_scan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['last_scan_id'], ['scan.id'], name=op.f('fk_presence_last_scan_id_scan')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_presence_occurrence_id_occurrence')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_presence_space_id_space')),
    sa.PrimaryKeyConstraint('occurrence_id', 'space_id', 'holder_kind', 'holder_id', name=op.f('pk_presence'))
    )

    _space_use_never_overlaps()


def _space_use_never_overlaps() -> None:
    """Two firm uses of one space cannot overlap: an exclusion on PostgreSQL, triggers on SQLite.

    The exclusion compares the space as a range of one number, so that it needs no extension.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "ALTER TABLE space_use ADD CONSTRAINT ex_space_use_firm EXCLUDE USING gist ("
            "int8range(space_id, space_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&)"
            " WHERE (state = 'firm')"
        )
        return
    for moment in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER ex_space_use_firm_{moment.lower()} BEFORE {moment} ON space_use"
            " WHEN NEW.state = 'firm' AND EXISTS (SELECT 1 FROM space_use WHERE space_id = NEW.space_id"
            " AND state = 'firm' AND id IS NOT NEW.id AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at)"
            " BEGIN SELECT RAISE(ABORT, 'ex_space_use_firm'); END"
        )


def downgrade() -> None:
    op.drop_table('presence')
    with op.batch_alter_table('contact_share', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_share_person_id'))

    op.drop_table('contact_share')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_registration_id'))

    op.drop_table('ticket')
    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.drop_index('ix_scan_verdict')
        batch_op.drop_index('ix_scan_holder')
        batch_op.drop_index(batch_op.f('ix_scan_gate_id'))
        batch_op.drop_index(batch_op.f('ix_scan_device_pass_id'))
        batch_op.drop_index(batch_op.f('ix_scan_code_hash'))

    op.drop_table('scan')
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_index('uq_registration_live', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_registration_university_id'))
        batch_op.drop_index('ix_registration_slot')
        batch_op.drop_index(batch_op.f('ix_registration_person_id'))
        batch_op.drop_index(batch_op.f('ix_registration_occurrence_id'))

    op.drop_table('registration')
    with op.batch_alter_table('plan_booth', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_booth_zone_id'))

    op.drop_table('plan_booth')
    with op.batch_alter_table('device_pass', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_device_pass_staff_shift_id'))
        batch_op.drop_index(batch_op.f('ix_device_pass_gate_id'))

    op.drop_table('device_pass')
    op.drop_table('zone')
    with op.batch_alter_table('staff_shift', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_shift_person_id'))
        batch_op.drop_index(batch_op.f('ix_staff_shift_occurrence_id'))
        batch_op.drop_index(batch_op.f('ix_staff_shift_gate_id'))

    op.drop_table('staff_shift')
    with op.batch_alter_table('space_use', schema=None) as batch_op:
        batch_op.drop_index('ix_space_use_when')
        batch_op.drop_index(batch_op.f('ix_space_use_occurrence_id'))

    op.drop_table('space_use')
    op.drop_table('rep_pass')
    with op.batch_alter_table('head_count', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_head_count_space_id'))
        batch_op.drop_index(batch_op.f('ix_head_count_occurrence_id'))

    op.drop_table('head_count')
    with op.batch_alter_table('exhibitor_posting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exhibitor_posting_posting_revision_id'))

    op.drop_table('exhibitor_posting')
    op.drop_table('entry_slot')
    with op.batch_alter_table('booth_assignment', schema=None) as batch_op:
        batch_op.drop_index('uq_booth_assignment_exhibitor', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index('uq_booth_assignment_booth', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_booth_assignment_plan_id'))
        batch_op.drop_index(batch_op.f('ix_booth_assignment_exhibitor_id'))

    op.drop_table('booth_assignment')
    with op.batch_alter_table('student', schema=None) as batch_op:
        batch_op.drop_index('ix_student_where')
        batch_op.drop_index(batch_op.f('ix_student_person_id'))
        batch_op.drop_index(batch_op.f('ix_student_major_id'))
        batch_op.drop_index(batch_op.f('ix_student_department_id'))

    op.drop_table('student')
    with op.batch_alter_table('role', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_university_id'))
        batch_op.drop_index(batch_op.f('ix_role_person_id'))
        batch_op.drop_index(batch_op.f('ix_role_event_id'))
        batch_op.drop_index(batch_op.f('ix_role_employer_id'))
        batch_op.drop_index(batch_op.f('ix_role_department_id'))

    op.drop_table('role')
    with op.batch_alter_table('programme_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_event_event_id'))

    op.drop_table('programme_event')
    with op.batch_alter_table('posting_publication', schema=None) as batch_op:
        batch_op.drop_index('uq_posting_publication_live', sqlite_where=sa.text('taken_down_at IS NULL'), postgresql_where=sa.text('taken_down_at IS NULL'))
        batch_op.drop_index('ix_posting_publication_shown')
        batch_op.drop_index(batch_op.f('ix_posting_publication_revision_id'))
        batch_op.drop_index(batch_op.f('ix_posting_publication_posting_id'))
        batch_op.drop_index(batch_op.f('ix_posting_publication_decision_id'))

    op.drop_table('posting_publication')
    op.drop_table('plan')
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.drop_index('ix_occurrence_when')

    op.drop_table('occurrence')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_event_id'))
        batch_op.drop_index(batch_op.f('ix_invitation_employer_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('gate_approval', schema=None) as batch_op:
        batch_op.drop_index('uq_gate_approval_live', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_gate_approval_event_id'))

    op.drop_table('gate_approval')
    with op.batch_alter_table('gate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gate_space_id'))

    op.drop_table('gate')
    with op.batch_alter_table('fair_key', schema=None) as batch_op:
        batch_op.drop_index('uq_fair_key_live', sqlite_where=sa.text('retired_at IS NULL'), postgresql_where=sa.text('retired_at IS NULL'))

    op.drop_table('fair_key')
    op.drop_table('fair')
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.drop_index('uq_exhibitor_live', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index('ix_exhibitor_state')
        batch_op.drop_index(batch_op.f('ix_exhibitor_employer_id'))
        batch_op.drop_index(batch_op.f('ix_exhibitor_contact_id'))

    op.drop_table('exhibitor')
    with op.batch_alter_table('event_target', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_target_code'))

    op.drop_table('event_target')
    with op.batch_alter_table('event_school', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_school_university_id'))

    op.drop_table('event_school')
    with op.batch_alter_table('event_organiser', schema=None) as batch_op:
        batch_op.drop_index('uq_event_organiser_accountable', sqlite_where=sa.text('is_accountable'), postgresql_where=sa.text('is_accountable'))
        batch_op.drop_index(batch_op.f('ix_event_organiser_university_id'))

    op.drop_table('event_organiser')
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index('uq_task_live', sqlite_where=sa.text("state IN ('queued', 'running')"), postgresql_where=sa.text("state IN ('queued', 'running')"))
        batch_op.drop_index(batch_op.f('ix_task_university_id'))
        batch_op.drop_index('ix_task_state')
        batch_op.drop_index(batch_op.f('ix_task_created_by'))

    op.drop_table('task')
    with op.batch_alter_table('space', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_space_university_id'))
        batch_op.drop_index(batch_op.f('ix_space_parent_id'))

    op.drop_table('space')
    with op.batch_alter_table('sanction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sanction_standing_id'))

    op.drop_table('sanction')
    with op.batch_alter_table('posting_revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_posting_revision_city'))

    op.drop_table('posting_revision')
    with op.batch_alter_table('major', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_major_national_code'))

    op.drop_table('major')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_case_id'))

    op.drop_table('finding')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_state')
        batch_op.drop_index(batch_op.f('ix_event_series_id'))
        batch_op.drop_index(batch_op.f('ix_event_department_id'))

    op.drop_table('event')
    op.drop_table('decision')
    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_credential_employer_id'))

    op.drop_table('credential')
    with op.batch_alter_table('vetting_case', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vetting_case_subject_id'))
        batch_op.drop_index('ix_vetting_case_queue')

    op.drop_table('vetting_case')
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_university_id'))
        batch_op.drop_index(batch_op.f('ix_programme_parent_id'))

    op.drop_table('programme')
    with op.batch_alter_table('posting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_posting_publishing_employer_id'))
        batch_op.drop_index(batch_op.f('ix_posting_hiring_employer_id'))

    op.drop_table('posting')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_university_id'))
        batch_op.drop_index('ix_message_subject')
        batch_op.drop_index(batch_op.f('ix_message_person_id'))
        batch_op.drop_index('ix_message_due')

    op.drop_table('message')
    with op.batch_alter_table('file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_file_uploaded_by'))
        batch_op.drop_index(batch_op.f('ix_file_university_id'))
        batch_op.drop_index(batch_op.f('ix_file_sha256'))

    op.drop_table('file')
    with op.batch_alter_table('feed_token', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feed_token_person_id'))
        batch_op.drop_index(batch_op.f('ix_feed_token_employer_id'))

    op.drop_table('feed_token')
    with op.batch_alter_table('event_series', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_series_university_id'))

    op.drop_table('event_series')
    with op.batch_alter_table('employer_standing', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_standing_queue')
        batch_op.drop_index(batch_op.f('ix_employer_standing_employer_id'))

    op.drop_table('employer_standing')
    with op.batch_alter_table('employer_contact', schema=None) as batch_op:
        batch_op.drop_index('uq_employer_contact_live', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_employer_contact_person_id'))
        batch_op.drop_index(batch_op.f('ix_employer_contact_employer_id'))

    op.drop_table('employer_contact')
    op.drop_table('department')
    op.drop_table('campus')
    with op.batch_alter_table('calendar_day', schema=None) as batch_op:
        batch_op.drop_index('uq_calendar_day_state', sqlite_where=sa.text('university_id IS NULL'), postgresql_where=sa.text('university_id IS NULL'))
        batch_op.drop_index('uq_calendar_day_school', sqlite_where=sa.text('university_id IS NOT NULL'), postgresql_where=sa.text('university_id IS NOT NULL'))

    op.drop_table('calendar_day')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_university_id'))
        batch_op.drop_index('ix_audit_subject')
        batch_op.drop_index(batch_op.f('ix_audit_actor_id'))

    op.drop_table('audit')
    op.drop_table('account')
    with op.batch_alter_table('access_log', schema=None) as batch_op:
        batch_op.drop_index('ix_access_log_subject')
        batch_op.drop_index(batch_op.f('ix_access_log_actor_id'))

    op.drop_table('access_log')
    with op.batch_alter_table('acceptance', schema=None) as batch_op:
        batch_op.drop_index('ix_acceptance_whose')
        batch_op.drop_index(batch_op.f('ix_acceptance_university_id'))

    op.drop_table('acceptance')
    op.drop_table('university')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_email'))

    op.drop_table('person')
    op.drop_table('lease')
    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_employer_legal_name'))

    op.drop_table('employer')

"""Reports and their cases, alerts, inspections of booths."""

import sqlalchemy as sa
from alembic import op

revision = '20261122_0412'
down_revision = '20261122_0410'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('alert',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('guard', sa.Enum('agency', 'fees', 'loan', 'paid_internship', 'pyramid', 'other', name='guard', native_enum=False, length=40), nullable=False),
    sa.Column('severity', sa.Enum('notice', 'warning', 'danger', name='severity', native_enum=False, length=40), nullable=False),
    sa.Column('audience', sa.Enum('university', 'department', 'event', name='audience', native_enum=False, length=40), nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'approved', 'published', 'expired', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("(audience = 'department') = (department_id IS NOT NULL)", name=op.f('ck_alert_department')),
    sa.CheckConstraint("(audience = 'event') = (event_id IS NOT NULL)", name=op.f('ck_alert_event')),
    sa.CheckConstraint('approved_by <> created_by', name=op.f('ck_alert_second_officer')),
    sa.ForeignKeyConstraint(['approved_by'], ['person.id'], name=op.f('fk_alert_approved_by_person')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_alert_created_by_person')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_alert_department_id_department')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_alert_employer_id_employer')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_alert_event_id_event')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_alert_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert')),
    sa.UniqueConstraint('public_id', name=op.f('uq_alert_public_id'))
    )
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_department_id'), ['department_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_alert_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_alert_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_alert_shown', ['university_id', 'state', 'expires_at'], unique=False)

    op.create_table('complaint',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('university_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('posting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('revision_no', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('exhibitor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('state', sa.Enum('received', 'accepted', 'investigating', 'upheld', 'unfounded', 'closed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('ground', sa.Text(), nullable=False),
    sa.Column('upheld', sa.Boolean(), nullable=False),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('(posting_id IS NULL) <> (exhibitor_id IS NULL)', name=op.f('ck_complaint_one_thing')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_complaint_decided_by_person')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_complaint_employer_id_employer')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_complaint_exhibitor_id_exhibitor')),
    sa.ForeignKeyConstraint(['posting_id'], ['posting.id'], name=op.f('fk_complaint_posting_id_posting')),
    sa.ForeignKeyConstraint(['university_id'], ['university.id'], name=op.f('fk_complaint_university_id_university')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint')),
    sa.UniqueConstraint('public_id', name=op.f('uq_complaint_public_id'))
    )
    with op.batch_alter_table('complaint', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_complaint_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_complaint_posting_id'), ['posting_id'], unique=False)
        batch_op.create_index('ix_complaint_queue', ['university_id', 'state', 'due_at'], unique=False)
        batch_op.create_index('uq_complaint_exhibitor', ['university_id', 'exhibitor_id'], unique=True, sqlite_where=sa.text("state IN ('received', 'accepted', 'investigating')"), postgresql_where=sa.text("state IN ('received', 'accepted', 'investigating')"))
        batch_op.create_index('uq_complaint_posting', ['university_id', 'posting_id'], unique=True, sqlite_where=sa.text("state IN ('received', 'accepted', 'investigating')"), postgresql_where=sa.text("state IN ('received', 'accepted', 'investigating')"))

    op.create_table('inspection',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('exhibitor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('once', sa.String(length=40), nullable=False),
    sa.Column('brochure', sa.Boolean(), nullable=False),
    sa.Column('no_fees', sa.Boolean(), nullable=False),
    sa.Column('no_papers', sa.Boolean(), nullable=False),
    sa.Column('staffed', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('measure', sa.Enum('none', 'warning', 'case', 'strike', name='measure', native_enum=False, length=40), nullable=False),
    sa.Column('complaint_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('sanction_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_inspection_by_person')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_inspection_complaint_id_complaint')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_inspection_event_id_event')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_inspection_exhibitor_id_exhibitor')),
    sa.ForeignKeyConstraint(['sanction_id'], ['sanction.id'], name=op.f('fk_inspection_sanction_id_sanction')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection')),
    sa.UniqueConstraint('once', name=op.f('uq_inspection_once')),
    sa.UniqueConstraint('public_id', name=op.f('uq_inspection_public_id'))
    )
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inspection_complaint_id'), ['complaint_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspection_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspection_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspection_sanction_id'), ['sanction_id'], unique=False)

    op.create_table('report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('complaint_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('once', sa.String(length=40), nullable=False),
    sa.Column('source', sa.Enum('student', 'visitor', 'inspection', name='source', native_enum=False, length=40), nullable=False),
    sa.Column('reporter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('named', sa.Boolean(), nullable=False),
    sa.Column('contact', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.Enum('fee', 'discrimination', 'false', 'loan', 'papers', 'brochure', 'other', name='reason', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_report_complaint_id_complaint')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_report_file_id_file')),
    sa.ForeignKeyConstraint(['reporter_id'], ['person.id'], name=op.f('fk_report_reporter_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('once', name=op.f('uq_report_once')),
    sa.UniqueConstraint('public_id', name=op.f('uq_report_public_id'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_complaint_id'), ['complaint_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_report_reporter_id'), ['reporter_id'], unique=False)
        batch_op.create_index('uq_report_reporter', ['complaint_id', 'reporter_id'], unique=True, sqlite_where=sa.text('reporter_id IS NOT NULL'), postgresql_where=sa.text('reporter_id IS NOT NULL'))



def downgrade() -> None:
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index('uq_report_reporter', sqlite_where=sa.text('reporter_id IS NOT NULL'), postgresql_where=sa.text('reporter_id IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_report_reporter_id'))
        batch_op.drop_index(batch_op.f('ix_report_complaint_id'))

    op.drop_table('report')
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inspection_sanction_id'))
        batch_op.drop_index(batch_op.f('ix_inspection_exhibitor_id'))
        batch_op.drop_index(batch_op.f('ix_inspection_event_id'))
        batch_op.drop_index(batch_op.f('ix_inspection_complaint_id'))

    op.drop_table('inspection')
    with op.batch_alter_table('complaint', schema=None) as batch_op:
        batch_op.drop_index('uq_complaint_posting', sqlite_where=sa.text("state IN ('received', 'accepted', 'investigating')"), postgresql_where=sa.text("state IN ('received', 'accepted', 'investigating')"))
        batch_op.drop_index('uq_complaint_exhibitor', sqlite_where=sa.text("state IN ('received', 'accepted', 'investigating')"), postgresql_where=sa.text("state IN ('received', 'accepted', 'investigating')"))
        batch_op.drop_index('ix_complaint_queue')
        batch_op.drop_index(batch_op.f('ix_complaint_posting_id'))
        batch_op.drop_index(batch_op.f('ix_complaint_exhibitor_id'))
        batch_op.drop_index(batch_op.f('ix_complaint_employer_id'))

    op.drop_table('complaint')
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.drop_index('ix_alert_shown')
        batch_op.drop_index(batch_op.f('ix_alert_event_id'))
        batch_op.drop_index(batch_op.f('ix_alert_employer_id'))
        batch_op.drop_index(batch_op.f('ix_alert_department_id'))

    op.drop_table('alert')

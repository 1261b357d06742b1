"""Employers: sanctions with appeals, tags, re-check, contacts' letters, profiles, rates."""

import base64
import secrets

import sqlalchemy as sa
from alembic import op

revision = '20261122_0310'
down_revision = '20261122_0300'
branch_labels = None
depends_on = None


def _name_sanctions() -> None:
    """Give each sanction its public id."""
    sanction = sa.table('sanction', sa.column('id'), sa.column('public_id'))
    connection = op.get_bind()
    for number in connection.execute(sa.select(sanction.c.id)).scalars().all():
        name = base64.b32encode(secrets.token_bytes(8)).decode('ascii').rstrip('=').lower()
        connection.execute(sa.update(sanction).where(sanction.c.id == number).values(public_id=name))


def upgrade() -> None:
    op.create_table('rate_window',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rate_window')),
    sa.UniqueConstraint('kind', 'key_hash', name=op.f('uq_rate_window_kind_key_hash'))
    )
    with op.batch_alter_table('rate_window', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rate_window_began_at'), ['began_at'], unique=False)

    op.create_table('employer_tag',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('standing_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('sme', 'specialised_sme', 'key_chain', 'practice_base', name='tagkind', native_enum=False, length=40), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('added_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['added_by'], ['person.id'], name=op.f('fk_employer_tag_added_by_person')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_employer_tag_file_id_file')),
    sa.ForeignKeyConstraint(['standing_id'], ['employer_standing.id'], name=op.f('fk_employer_tag_standing_id_employer_standing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_tag')),
    sa.UniqueConstraint('public_id', name=op.f('uq_employer_tag_public_id'))
    )
    with op.batch_alter_table('employer_tag', schema=None) as batch_op:
        batch_op.create_index('uq_employer_tag_live', ['standing_id', 'kind', 'code'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('profile_revision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('employer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('introduction', sa.Text(), nullable=False),
    sa.Column('logo_file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_profile_revision_created_by_person')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_profile_revision_employer_id_employer')),
    sa.ForeignKeyConstraint(['logo_file_id'], ['file.id'], name=op.f('fk_profile_revision_logo_file_id_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_revision')),
    sa.UniqueConstraint('employer_id', 'no', name=op.f('uq_profile_revision_employer_id_no'))
    )
    op.create_table('sanction_appeal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=13), nullable=False),
    sa.Column('sanction_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('asked', 'granted', 'refused', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imposed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.CheckConstraint('decided_by <> imposed_by', name=op.f('ck_sanction_appeal_second_officer')),
    sa.ForeignKeyConstraint(['asked_by'], ['person.id'], name=op.f('fk_sanction_appeal_asked_by_person')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_sanction_appeal_decided_by_person')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_sanction_appeal_file_id_file')),
    sa.ForeignKeyConstraint(['imposed_by'], ['person.id'], name=op.f('fk_sanction_appeal_imposed_by_person')),
    sa.ForeignKeyConstraint(['sanction_id'], ['sanction.id'], name=op.f('fk_sanction_appeal_sanction_id_sanction')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sanction_appeal')),
    sa.UniqueConstraint('public_id', name=op.f('uq_sanction_appeal_public_id'))
    )
    with op.batch_alter_table('sanction_appeal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sanction_appeal_sanction_id'), ['sanction_id'], unique=False)
        batch_op.create_index('uq_sanction_appeal_live', ['sanction_id'], unique=True, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))

    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ncss_registered', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('employer_contact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('requested_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index(batch_op.f('ix_employer_contact_file_id'), ['file_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_employer_contact_file_id_file'), 'file', ['file_id'], ['id'])

    with op.batch_alter_table('employer_standing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('renewal_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('exemption_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('exemption_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('register_result', sa.Enum('match', 'mismatch', 'absent', name='registerresult', native_enum=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('register_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('introducer_kind', sa.Enum('chamber', 'alumni', 'teacher', 'government', 'employer', 'other', name='introducerkind', native_enum=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('introducer', sa.String(length=60), server_default='', nullable=False))
        batch_op.create_foreign_key(batch_op.f('fk_employer_standing_exemption_by_person'), 'person', ['exemption_by'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_employer_standing_exemption_two'), "state <> 'verified' OR exemption_by <> decided_by")

    with op.batch_alter_table('sanction', schema=None) as batch_op:
        batch_op.add_column(sa.Column('public_id', sa.String(length=13), nullable=True))
        batch_op.add_column(sa.Column('occasion', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('source_kind', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('source_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('imposed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('imposed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('lift_reason', sa.Text(), server_default='', nullable=False))
        batch_op.create_unique_constraint(batch_op.f('uq_sanction_source_kind_source_id'), ['source_kind', 'source_id'])
        batch_op.create_foreign_key(batch_op.f('fk_sanction_imposed_by_person'), 'person', ['imposed_by'], ['id'])

    _name_sanctions()
    with op.batch_alter_table('sanction', schema=None) as batch_op:
        batch_op.alter_column('public_id', existing_type=sa.String(length=13), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_sanction_public_id'), ['public_id'])



def downgrade() -> None:
    with op.batch_alter_table('sanction', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_sanction_imposed_by_person'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_sanction_source_kind_source_id'), type_='unique')
        batch_op.drop_constraint(batch_op.f('uq_sanction_public_id'), type_='unique')
        batch_op.drop_column('lift_reason')
        batch_op.drop_column('imposed_at')
        batch_op.drop_column('imposed_by')
        batch_op.drop_column('source_id')
        batch_op.drop_column('source_kind')
        batch_op.drop_column('occasion')
        batch_op.drop_column('public_id')

    with op.batch_alter_table('employer_standing', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_employer_standing_exemption_two'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_employer_standing_exemption_by_person'), type_='foreignkey')
        batch_op.drop_column('introducer')
        batch_op.drop_column('introducer_kind')
        batch_op.drop_column('register_at')
        batch_op.drop_column('register_result')
        batch_op.drop_column('exemption_at')
        batch_op.drop_column('exemption_by')
        batch_op.drop_column('renewal_at')

    with op.batch_alter_table('employer_contact', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_employer_contact_file_id_file'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_employer_contact_file_id'))
        batch_op.drop_column('file_id')
        batch_op.drop_column('requested_at')

    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.drop_column('ncss_registered')

    with op.batch_alter_table('sanction_appeal', schema=None) as batch_op:
        batch_op.drop_index('uq_sanction_appeal_live', sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
        batch_op.drop_index(batch_op.f('ix_sanction_appeal_sanction_id'))

    op.drop_table('sanction_appeal')
    op.drop_table('profile_revision')
    with op.batch_alter_table('employer_tag', schema=None) as batch_op:
        batch_op.drop_index('uq_employer_tag_live', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.drop_table('employer_tag')
    with op.batch_alter_table('rate_window', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rate_window_began_at'))

    op.drop_table('rate_window')

"""Tables of the door: an append-only ledger of scans, and the occupancy derived from it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.checkin.rules import Direction, HolderKind, ScanMode, Verdict
from fairs.database import Model, PublicRow, Row, kind_of
from fairs.programmes.models import Event


class Gate(PublicRow):
    """A door of a hall, for one event."""

    __tablename__ = "gate"
    __table_args__ = (sa.UniqueConstraint("event_id", "name"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    space_id: Mapped[int] = mapped_column(sa.ForeignKey("space.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(40))
    direction: Mapped[Direction] = mapped_column(kind_of(Direction))
    event: Mapped[Event] = relationship()


class DevicePass(PublicRow):
    """A day pass: lets one phone scan at one gate until it expires or is revoked."""

    __tablename__ = "device_pass"

    gate_id: Mapped[int] = mapped_column(sa.ForeignKey("gate.id"), index=True)
    staff_shift_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff_shift.id"), index=True)
    label: Mapped[str] = mapped_column(sa.String(60))
    rights: Mapped[list[str]] = mapped_column(default=list)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    clock_offset_ms: Mapped[int] = mapped_column(default=0)
    gate: Mapped[Gate] = relationship()


class Scan(Row):
    """One scan is one fact, refused ones too; rows are only ever added. ``client_id`` makes a retry harmless."""

    __tablename__ = "scan"
    __table_args__ = (
        sa.Index("ix_scan_holder", "occurrence_id", "holder_kind", "holder_id", "corrected_at"),
        sa.Index("ix_scan_verdict", "occurrence_id", "verdict"),
    )

    client_id: Mapped[str] = mapped_column(sa.String(36), unique=True)
    device_pass_id: Mapped[int | None] = mapped_column(sa.ForeignKey("device_pass.id"), index=True)
    gate_id: Mapped[int] = mapped_column(sa.ForeignKey("gate.id"), index=True)
    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id"))
    direction: Mapped[Direction] = mapped_column(kind_of(Direction))
    code_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    holder_kind: Mapped[HolderKind | None] = mapped_column(kind_of(HolderKind))
    holder_id: Mapped[int | None]
    verdict: Mapped[Verdict] = mapped_column(kind_of(Verdict))
    mode: Mapped[ScanMode] = mapped_column(kind_of(ScanMode))
    scanned_at: Mapped[datetime]
    corrected_at: Mapped[datetime]
    received_at: Mapped[datetime]
    undoes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("scan.id"))


class Presence(Model):
    """Who is inside which hall at which occurrence; rebuildable from the scans."""

    __tablename__ = "presence"

    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id"), primary_key=True)
    space_id: Mapped[int] = mapped_column(sa.ForeignKey("space.id"), primary_key=True)
    holder_kind: Mapped[HolderKind] = mapped_column(kind_of(HolderKind), primary_key=True)
    holder_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    inside: Mapped[bool]
    last_scan_id: Mapped[int] = mapped_column(sa.ForeignKey("scan.id"))


class HeadCount(Row):
    """A count without persons: so many more or fewer, or a recount that replaces the figure."""

    __tablename__ = "head_count"

    occurrence_id: Mapped[int] = mapped_column(sa.ForeignKey("occurrence.id"), index=True)
    space_id: Mapped[int] = mapped_column(sa.ForeignKey("space.id"), index=True)
    at: Mapped[datetime]
    is_total: Mapped[bool]
    amount: Mapped[int]
    by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class ContactShare(Row):
    """A student gave an exhibitor some fields, by a recorded consent."""

    __tablename__ = "contact_share"
    __table_args__ = (sa.UniqueConstraint("exhibitor_id", "person_id"),)

    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    acceptance_id: Mapped[int] = mapped_column(sa.ForeignKey("acceptance.id"))
    scan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("scan.id"))
    fields: Mapped[list[str]] = mapped_column(default=list)
    at: Mapped[datetime]

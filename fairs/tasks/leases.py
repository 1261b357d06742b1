"""Who does what only one process may do: a name, held for a while, taken over when its holder is gone."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.database import db, transaction
from fairs.tasks.models import Lease


@transaction
def hold(name: str, owner: str, span: timedelta, now: datetime) -> bool:
    """Take or renew a lease until ``now + span``; whether it is ``owner``'s now.

    Raises Conflict if two took a new name at once: one has it, the other asks again.
    """
    lease = db.session.scalars(sa.select(Lease).where(Lease.name == name).with_for_update()).one_or_none()
    if lease is None:
        db.session.add(Lease(name=name, owner=owner, until=now + span))
        return True
    if lease.owner != owner and lease.until > now:
        return False
    lease.owner, lease.until = owner, now + span
    return True


@transaction
def give_up(name: str, owner: str, now: datetime) -> None:
    """The owner ends and leaves the lease to the next."""
    lease = db.session.scalars(sa.select(Lease).where(Lease.name == name).with_for_update()).one_or_none()
    if lease is not None and lease.owner == owner:
        lease.until = now

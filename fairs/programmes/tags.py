"""Tags of an event: named campaigns and industry committees of the code list (S9, S19)."""

from collections.abc import Sequence
from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import lock, transaction
from fairs.errors import Conflict, Invalid
from fairs.programmes import parts
from fairs.programmes.campaigns import campaigns, committees
from fairs.programmes.drafts import Target
from fairs.programmes.models import Event
from fairs.programmes.rules import TAGS, TargetDimension


class TagUnknown(Invalid):
    """A code that the list does not have."""

    code = "tag_unknown"
    sentence = "没有这个专项行动或行业就指委，请从列表中选择。"
    field = "campaigns"


@transaction
def tag_event(
    event_id: int, named: Sequence[str], hosts: Sequence[str], *, version: int, by: int, now: datetime
) -> Event:
    """Give an event these campaigns and committees instead of the ones it had, also after it is over.

    Raises TagUnknown, Conflict if the event changed since it was shown.
    """
    event = lock(Event, event_id)
    if event.version != version:
        raise Conflict
    if set(named) - set(campaigns()) or set(hosts) - set(committees()):
        raise TagUnknown
    event.version += 1
    wanted: list[Target] = [(TargetDimension.CAMPAIGN, code) for code in named]
    wanted += [(TargetDimension.COMMITTEE, code) for code in hosts]
    parts.set_targets(event, wanted, among=TAGS)
    codes = [*named, *hosts]
    audit.record("tag_event", event, by=by, university_id=event.university_id, now=now, tags=codes)
    return event

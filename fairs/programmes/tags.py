"""Tags of an event: named campaigns, industry committees, industrial chains (S9, S19, S92)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import lock, transaction
from fairs.errors import Conflict, Invalid
from fairs.institutions import codes
from fairs.institutions.rules import CodeKind
from fairs.programmes import parts
from fairs.programmes.campaigns import campaigns
from fairs.programmes.drafts import Target
from fairs.programmes.models import Event
from fairs.programmes.rules import TAGS, TargetDimension


class TagUnknown(Invalid):
    """A code that the list does not have."""

    code = "tag_unknown"
    sentence = "没有“%(code)s”这一项，请从列表中选择。"


@dataclass(frozen=True)
class Tags:
    """What an event belongs to, by code: named campaigns, committees that host it, chains it serves."""

    campaigns: Sequence[str] = ()
    committees: Sequence[str] = ()
    chains: Sequence[str] = ()

    def targets(self) -> list[Target]:
        """As rows of the event."""
        return [
            (dimension, code)
            for dimension, chosen in zip(
                DIMENSIONS, (self.campaigns, self.committees, self.chains), strict=True
            )
            for code in chosen
        ]


DIMENSIONS = (TargetDimension.CAMPAIGN, TargetDimension.COMMITTEE, TargetDimension.CHAIN)


def _check_known(wanted: Sequence[Target], university_id: int) -> None:
    listed = {
        TargetDimension.CAMPAIGN: ("campaigns", campaigns().keys()),
        TargetDimension.COMMITTEE: ("committees", codes.known(CodeKind.COMMITTEE, university_id).keys()),
        TargetDimension.CHAIN: ("chains", codes.known(CodeKind.CHAIN, university_id).keys()),
    }
    for dimension, code in wanted:
        field, known = listed[dimension]
        if code not in known:
            raise TagUnknown(field=field, code=code)


@transaction
def tag_event(event_id: int, chosen: Tags, *, version: int, by: int, now: datetime) -> Event:
    """Give an event these tags instead of the ones it had, also after it is over.

    Raises TagUnknown, Conflict if the event changed since it was shown.
    """
    event = lock(Event, event_id)
    if event.version != version:
        raise Conflict
    wanted = chosen.targets()
    _check_known(wanted, event.university_id)
    event.version += 1
    parts.set_targets(event, wanted, among=TAGS)
    tags = [code for _dimension, code in wanted]
    audit.record("tag_event", event, by=by, university_id=event.university_id, now=now, tags=tags)
    return event

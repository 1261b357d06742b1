"""The day of the demo's fairs: what was noted in the halls, and the closing checks of campus security."""

from datetime import datetime, time, timedelta

from fairs.clock import at_campus
from fairs.demo.events import End
from fairs.demo.season import Made
from fairs.onsite import actions, queries
from fairs.onsite.actions import Happening
from fairs.onsite.rules import IncidentKind, Point, Severity, Sweep

NOTED = (
    (IncidentKind.LOST, Severity.MINOR, "北门拾到一张校园卡，放在咨询台", "已通知失主领回"),
    (IncidentKind.CROWDING, Severity.SERIOUS, "三号通道排队过长，已引导从二号门入场", ""),
)
"""What happens while a fair is on; what has an outcome is settled."""


def note(made: Made, now: datetime) -> None:
    """Incidents of the fair that is on now."""
    if made.wanted.end is not End.RUNNING or not made.with_booths:
        return
    officer, halls = made.school.staff["officer"], queries.spaces(made.id)
    for number, (kind, severity, text, outcome) in enumerate(NOTED):
        at = now - timedelta(minutes=50 - 30 * number)
        seen = Happening(
            kind, severity, text, halls[0].public_id if halls else "", f"demo-{made.id}-{number}"
        )
        row = actions.note_incident(made.id, seen, by=officer, now=at)
        if outcome:
            actions.settle_incident(row.id, outcome, by=officer, now=at + timedelta(minutes=8))


def sweep(made: Made) -> None:
    """Campus security signs off the halls of a fair that is over."""
    if made.wanted.end is not End.CLOSED:
        return
    guard, late = made.school.staff["security"], at_campus(made.days[-1], time(18, 30))
    for hall in queries.halls(made.id):
        seen = (made.id, hall.day.public_id, hall.space.public_id, Sweep(dict.fromkeys(Point, True)))
        actions.sweep_hall(*seen, seen="", by=guard, now=late)

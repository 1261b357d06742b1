"""The time now, and the campus time zone: stored in UTC, shown and reckoned in Asia/Shanghai."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

CAMPUS = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The current instant, aware, in UTC. Only the edges (views, jobs, commands) call this."""
    return datetime.now(UTC)


def campus(at: datetime) -> datetime:
    """The wall clock on campus at the instant ``at``."""
    return at.astimezone(CAMPUS)


def campus_day(at: datetime) -> date:
    """The calendar day on campus at the instant ``at``."""
    return campus(at).date()


def at_campus(day: date, hour: time) -> datetime:
    """The instant (UTC) at which the campus clock shows ``hour`` on ``day``."""
    return datetime.combine(day, hour, CAMPUS).astimezone(UTC)

"""Deadlines in words."""

from datetime import datetime

from flask_babel import gettext as _


def time_left(until: datetime, now: datetime) -> str:
    """How long it is until a deadline: in days from two days on, then in hours, at last in minutes."""
    minutes = int((until - now).total_seconds() // 60)
    if minutes < 0:
        return str(_("已截止"))
    if minutes >= 48 * 60:
        return str(_("还剩 %(days)s 天", days=minutes // (24 * 60)))
    if minutes >= 60:
        return str(_("还剩 %(hours)s 小时", hours=minutes // 60))
    return str(_("还剩 %(minutes)s 分钟", minutes=minutes))

"""Whether a day pass opens the scanner, and the refusals of gates and passes."""

from datetime import datetime, timedelta

from fairs.errors import Invalid, Refusal

COOKIE = "door"
"""Where the scanner page keeps its pass; other programs send it as a bearer token."""

LONGEST = timedelta(hours=24)


class PassRefused(Refusal):
    """The scanner's day pass is unknown, ended or taken back; which of them is never told to a stranger."""

    code = "pass_refused"
    sentence = "这张检票通行证无效或已到期。请向现场负责人领取新的链接。"
    status = 401


class NoDay(Invalid):
    """The event has no day yet, so nobody can be let in."""

    code = "no_day"
    sentence = "活动还没有日期，不能设置入口。请先安排时间。"


class PassTooLong(Invalid):
    """A day pass ends within a day (a lost phone must not stay a key)."""

    code = "pass_too_long"
    sentence = "通行证有效期为 1 至 24 小时。"
    field = "hours"


class NotMoving(Refusal):
    """Only a scan that let somebody in or out can be taken back, once."""

    code = "not_moving"
    sentence = "这次扫码没有改变在场状态，或已撤销过。"


def check_hours(hours: int) -> timedelta:
    """How long the pass lasts. Raises PassTooLong."""
    if not timedelta(hours=1) <= timedelta(hours=hours) <= LONGEST:
        raise PassTooLong
    return timedelta(hours=hours)


def check_pass(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> None:
    """Raises PassRefused for a pass that ended or was taken back."""
    if revoked_at is not None or now >= expires_at:
        raise PassRefused

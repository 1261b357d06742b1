"""States of a booth request, and what it may ask for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from fairs.employers.sanctions import StrikeReason
from fairs.errors import Invalid, Refusal
from fairs.programmes.rules import EventState
from fairs.venues.rules import BoothSize


class ExhibitorState(StrEnum):
    """State machine BoothRequest."""

    DRAFT = "draft"
    REQUESTED = "requested"
    WAITLISTED = "waitlisted"
    ALLOCATED = "allocated"
    CONFIRMED = "confirmed"
    CHECKED_IN = "checked_in"
    DEPARTED = "departed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CANCELLED_IN_TIME = "cancelled_in_time"
    CANCELLED_LATE = "cancelled_late"
    NO_SHOW = "no_show"
    REVOKED = "revoked"


EXHIBITOR_LABELS = {
    ExhibitorState.DRAFT: "草稿",
    ExhibitorState.REQUESTED: "已申请",
    ExhibitorState.WAITLISTED: "候补",
    ExhibitorState.ALLOCATED: "待确认",
    ExhibitorState.CONFIRMED: "已确认",
    ExhibitorState.CHECKED_IN: "已报到",
    ExhibitorState.DEPARTED: "已撤展",
    ExhibitorState.DECLINED: "已谢绝",
    ExhibitorState.LAPSED: "逾期未确认",
    ExhibitorState.CANCELLED_IN_TIME: "已取消",
    ExhibitorState.CANCELLED_LATE: "临期取消",
    ExhibitorState.NO_SHOW: "未到场",
    ExhibitorState.REVOKED: "已撤销",
}

X = ExhibitorState
_CANCEL = frozenset({X.CANCELLED_IN_TIME, X.CANCELLED_LATE, X.REVOKED})
EXHIBITOR_MOVES: dict[ExhibitorState, frozenset[ExhibitorState]] = {
    X.DRAFT: frozenset({X.REQUESTED, X.CANCELLED_IN_TIME}),
    X.REQUESTED: frozenset({X.ALLOCATED, X.WAITLISTED}) | _CANCEL,
    X.WAITLISTED: frozenset({X.ALLOCATED}) | _CANCEL,
    X.ALLOCATED: frozenset({X.CONFIRMED, X.DECLINED, X.LAPSED, X.WAITLISTED, X.REQUESTED}) | _CANCEL,
    X.CONFIRMED: frozenset({X.CHECKED_IN, X.NO_SHOW, X.ALLOCATED, X.WAITLISTED}) | _CANCEL,
    # back to confirmed only when a slip at the roll call is mended
    X.CHECKED_IN: frozenset({X.DEPARTED, X.REVOKED, X.CONFIRMED}),
    X.LAPSED: frozenset({X.ALLOCATED, X.WAITLISTED}) | _CANCEL,
    **{state: frozenset() for state in (X.DEPARTED, X.DECLINED, X.NO_SHOW, *_CANCEL)},
}

OVER = frozenset({X.DECLINED, X.NO_SHOW, X.DEPARTED}) | _CANCEL
"""States in which the request no longer holds the employer's one place at the fair (P10)."""

WAITING = frozenset({X.REQUESTED, X.WAITLISTED})
"""States of a request that has no booth yet; only such a request can still be edited."""

BREACHES = {X.CANCELLED_LATE: StrikeReason.LATE, X.NO_SHOW: StrikeReason.NO_SHOW}
"""Ends of a place that are noted as a strike against the employer (P12, P13)."""

COMING = frozenset({X.CONFIRMED, X.CHECKED_IN, X.DEPARTED})
"""States in which everybody may read that the employer comes to the fair."""

OPEN_FOR_REQUESTS = frozenset({EventState.APPROVED, EventState.OPEN})


@dataclass(frozen=True)
class Needs:
    """What a booth must have, and what would be nice: a zone of the plan (its key; None: any) and a note."""

    size: BoothSize = BoothSize.STANDARD
    power: bool = False
    accessible: bool = False
    zone: str | None = None
    note: str = ""

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Needs":
        """The needs kept with a request; what is not there is not needed."""
        return cls(
            size=BoothSize(stored.get("size", BoothSize.STANDARD)),
            power=bool(stored.get("power")),
            accessible=bool(stored.get("accessible")),
            zone=stored.get("zone") or None,
            note=str(stored.get("note") or ""),
        )

    def stored(self) -> dict[str, Any]:
        """The needs as plain JSON values."""
        return asdict(self)


class WrongExhibitorState(Refusal):
    """The request cannot go from its present state to the wished one."""

    code = "wrong_exhibitor_state"
    sentence = "参会申请目前是“%(state)s”，不能进行这项操作。"


class NotAdmissible(Refusal):
    """Only an employer verified at the lead university may ask for a booth."""

    code = "not_admissible"
    sentence = "贵单位尚未通过%(school)s的资质审核，通过后才能申请展位。"


class AgencyForItself(Refusal):
    """An agency takes a booth for named principals, never to collect résumés for itself (S137)."""

    code = "agency_for_itself"
    sentence = "人力资源服务机构不能为自己申请展位。请选择受委托代招的岗位，并先为委托单位上传授权书。"
    field = "postings"


class NotTakingPart(Invalid):
    """A university that does not take part cannot bring an employer to a joint fair (S17)."""

    code = "not_taking_part"
    sentence = "所选学校没有参加这场联合招聘会，请重新选择。"
    field = "through"


class PostingMissing(Invalid):
    """A request names at least one posting published at the lead university."""

    code = "posting_missing"
    sentence = "请至少选择一个已通过审核的岗位。"
    field = "postings"


class PostingNotShown(Invalid):
    """A posting comes to a fair only while the lead university shows it."""

    code = "posting_not_shown"
    sentence = "举办“%(title)s”的学校目前没有展示这个岗位，请先提交审核。"
    field = "fairs"


class RequestsClosed(Refusal):
    """The fair takes no requests (any more)."""

    code = "requests_closed"
    sentence = "本场招聘会目前不接受展位申请。"


class StillHeld(Refusal):
    """Nobody has missed a fair while their booth is still held (P11)."""

    code = "still_held"
    sentence = "展位保留到 %(until)s，在此之前不能记为未到场。"


class TooManyReps(Refusal):
    """The fair's limit of staff per booth is reached (P27)."""

    code = "too_many_reps"
    sentence = "本场每个展位最多 %(most)s 名参会人员。"


def check_move(state: ExhibitorState, to: ExhibitorState) -> None:
    """Raises WrongExhibitorState unless the state machine BoothRequest allows the step."""
    if to not in EXHIBITOR_MOVES[state]:
        raise WrongExhibitorState(state=EXHIBITOR_LABELS[state])


def check_open(state: EventState, requests_until: datetime | None, now: datetime) -> None:
    """Raises RequestsClosed unless the fair is approved or open and the last moment for requests is ahead."""
    if state not in OPEN_FOR_REQUESTS or (requests_until is not None and now >= requests_until):
        raise RequestsClosed


def check_principals(agency: bool, own: bool) -> None:
    """Raises AgencyForItself if an agency brings a posting of its ``own`` (S137)."""
    if agency and own:
        raise AgencyForItself


def check_editable(state: ExhibitorState) -> None:
    """Raises WrongExhibitorState once a booth has been offered: then the needs are settled."""
    if state not in WAITING:
        raise WrongExhibitorState(state=EXHIBITOR_LABELS[state])


def cancelled_state(
    state: ExhibitorState, free_cancel_until: datetime | None, now: datetime
) -> ExhibitorState:
    """In which state a request ends that is cancelled at ``now``. Raises WrongExhibitorState.

    Late is only who gives up a confirmed booth after the fair's last free moment (P12): a request without a
    booth, or an offer not yet confirmed, costs nobody a place.
    """
    late = state is X.CONFIRMED and free_cancel_until is not None and now > free_cancel_until
    to = X.CANCELLED_LATE if late else X.CANCELLED_IN_TIME
    check_move(state, to)
    return to


def is_missed(state: ExhibitorState, hold_until: datetime | None, now: datetime) -> bool:
    """Whether an employer that confirmed may be noted as a no-show: its booth is held no longer (P11, P12)."""
    return state is X.CONFIRMED and hold_until is not None and now >= hold_until


def check_held_no_longer(hold_until: datetime | None, now: datetime, spoken: str) -> None:
    """Raises StillHeld before the last moment of reporting in; ``spoken`` is that moment in words."""
    if hold_until is not None and now < hold_until:
        raise StillHeld(until=spoken)


def check_reps(present: int, most: int) -> None:
    """Raises TooManyReps if one more of an exhibitor's staff would exceed the fair's limit (P27)."""
    if present >= most:
        raise TooManyReps(most=most)

"""The licence of a large event: who needs one, its states, its dates backward from the day (P18, P19, P21, P25)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fairs.errors import Invalid, Refusal
from fairs.programmes.gates import LICENCE_FROM, GateState
from fairs.workdays.rules import WorkCalendar

CITY_FROM = 5000
"""Expected persons at a time from which the city's police decide, not the county's (P18)."""

NEAR = 0.9
"""A declared number this close below the limit is looked at twice ("990")."""


class LicenceState(StrEnum):
    """State machine Licence; ``changed`` and ``resubmitted``: the old licence stands until the new one is there."""

    NOT_NEEDED = "not_needed"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    GRANTED = "granted"
    REFUSED = "refused"
    CHANGED = "changed"
    RESUBMITTED = "resubmitted"
    SURRENDERED = "surrendered"


LICENCE_LABELS = {
    LicenceState.NOT_NEEDED: "不需要许可",
    LicenceState.DRAFTING: "待申请",
    LicenceState.SUBMITTED: "已申请，待受理",
    LicenceState.ACCEPTED: "已受理，待决定",
    LicenceState.GRANTED: "已许可",
    LicenceState.REFUSED: "不予许可",
    LicenceState.CHANGED: "变更待申请",
    LicenceState.RESUBMITTED: "变更已申请",
    LicenceState.SURRENDERED: "已交回",
}

S = LicenceState
LICENCE_MOVES: dict[LicenceState, frozenset[LicenceState]] = {
    S.NOT_NEEDED: frozenset({S.DRAFTING}),
    S.DRAFTING: frozenset({S.NOT_NEEDED, S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.NOT_NEEDED, S.ACCEPTED, S.GRANTED, S.REFUSED, S.SURRENDERED}),
    S.ACCEPTED: frozenset({S.NOT_NEEDED, S.GRANTED, S.REFUSED, S.SURRENDERED}),
    S.GRANTED: frozenset({S.CHANGED, S.SURRENDERED}),
    S.REFUSED: frozenset({S.NOT_NEEDED, S.SUBMITTED, S.SURRENDERED}),
    S.CHANGED: frozenset({S.RESUBMITTED, S.GRANTED, S.SURRENDERED}),
    S.RESUBMITTED: frozenset({S.GRANTED, S.SURRENDERED}),
    S.SURRENDERED: frozenset({S.DRAFTING}),
}

GATE_OF = {
    S.NOT_NEEDED: GateState.NOT_NEEDED,
    S.DRAFTING: GateState.DRAFTING,
    S.SUBMITTED: GateState.SUBMITTED,
    S.ACCEPTED: GateState.SUBMITTED,
    S.GRANTED: GateState.GRANTED,
    S.REFUSED: GateState.REFUSED,
    S.CHANGED: GateState.GRANTED,
    S.RESUBMITTED: GateState.GRANTED,
    S.SURRENDERED: GateState.SURRENDERED,
}
"""What the gate before opening is while the licence is in each state."""

WITH_POLICE = frozenset({S.SUBMITTED, S.ACCEPTED, S.RESUBMITTED})
"""States in which the police have the application."""


class Need(StrEnum):
    """Whether an event needs a licence, and from whom; ``ask``: campus security says whether it counts at all."""

    NONE = "none"
    ASK = "ask"
    COUNTY = "county"
    CITY = "city"


NEED_LABELS = {
    Need.NONE: "不需要许可",
    Need.ASK: "先请保卫处答复是否属于大型群众性活动",
    Need.COUNTY: "由县（区）级公安机关许可",
    Need.CITY: "由设区的市级公安机关许可",
}


class WrongLicenceState(Refusal):
    """The licence cannot go from its present state to the wished one."""

    code = "wrong_licence_state"
    sentence = "安全许可目前是“%(state)s”，不能进行这项操作。请刷新页面查看最新情况。"


class AnswerFirst(Refusal):
    """Whether the event counts as a large one has not been answered."""

    code = "answer_first"
    sentence = "请先由保卫处答复本场活动是否属于大型群众性活动，再申请许可。"


class AppliedTooLate(Refusal):
    """The application must be handed in at least 20 days before the event (P19)."""

    code = "applied_too_late"
    sentence = (
        "公安机关要求至少在活动前 20 日提出申请，最迟为 %(latest)s。"
        "请把活动改到更晚的日期，或将人数减少到 1000 人以下。"
    )
    field = "on"


class DateAhead(Invalid):
    """Something is recorded that is still to come."""

    code = "date_ahead"
    sentence = "日期不能晚于今天。"
    field = "on"


class LicencePaperMissing(Invalid):
    """A granted licence has a number and an authority."""

    code = "licence_paper_missing"
    sentence = "请填写许可证号。"
    field = "number"


def check_licence_move(state: LicenceState, to: LicenceState) -> None:
    """Raises WrongLicenceState unless the state machine Licence allows the step."""
    if to not in LICENCE_MOVES[state]:
        raise WrongLicenceState(state=LICENCE_LABELS[state])


def check_with_police(state: LicenceState) -> None:
    """Raises WrongLicenceState unless the police have an application to answer."""
    if state not in WITH_POLICE:
        raise WrongLicenceState(state=LICENCE_LABELS[state])


def check_change_open(state: LicenceState) -> None:
    """Raises WrongLicenceState unless a change was prepared and not handed in yet."""
    if state is not LicenceState.CHANGED:
        raise WrongLicenceState(state=LICENCE_LABELS[state])


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How many persons an event may draw at a time: what was declared, and what the booking says."""

    expected: int
    places: int
    registered: int
    open_to_public: bool

    @property
    def persons(self) -> int:
        """The largest of the numbers: none of them may hide the others."""
        return max(self.expected, self.places, self.registered)


def need_of(scale: Scale, counts: bool | None = None) -> Need:
    """Whether a licence is needed (P18).

    ``counts`` is the school's recorded answer whether this event is a large public one at all; without an
    answer an event for the campus only has to be asked about, one open to the public counts.
    """
    if scale.persons < LICENCE_FROM or counts is False:
        return Need.NONE
    if counts is None and not scale.open_to_public:
        return Need.ASK
    return Need.CITY if scale.persons >= CITY_FROM else Need.COUNTY


def understated(scale: Scale) -> tuple[str, ...]:
    """Why to look twice at the declared number: "places" or "registered" exceed it, or it is "near" a limit."""
    if not scale.expected:
        return ()
    near = any(NEAR * limit <= scale.expected < limit for limit in (LICENCE_FROM, CITY_FROM))
    doubts = (
        ("places", scale.places > scale.expected),
        ("registered", scale.registered > scale.expected),
        ("near", near),
    )
    return tuple(doubt for doubt, stands in doubts if stands)


DOUBT_LABELS = {
    "places": "预约名额多于申报的预计人数。",
    "registered": "已预约人数多于申报的预计人数。",
    "near": "申报人数接近需要许可的界限，请核实是否少报。",
}

PLAN_DAYS, APPLY_DAYS, DECISION_DAYS = 30, 20, 13
"""Days before the first day: plan whole, application at the latest, decision expected (P19)."""


class Step(StrEnum):
    """A date on the way back from the day of the fair (P19)."""

    PLAN = "plan"
    APPLY = "apply"
    DECISION = "decision"


STEP_LABELS = {
    Step.PLAN: "安全工作方案提交保卫处",
    Step.APPLY: "向公安机关提出许可申请",
    Step.DECISION: "公安机关作出决定",
}


@dataclass(frozen=True)
class Milestone:
    """One date: ``on`` is the working day by which it should be done, ``last`` the day after which it cannot be."""

    step: Step
    on: date
    last: date
    is_done: bool
    is_late: bool
    is_hard: bool


def latest_application(first_day: date) -> date:
    """The last calendar day on which the police take an application (P19)."""
    return first_day - timedelta(days=APPLY_DAYS)


def milestones(
    first_day: date, done: frozenset[Step], *, licensed: bool, today: date, days: WorkCalendar
) -> tuple[Milestone, ...]:
    """The dates before an event, each moved back to a working day where it falls on a free one (P19).

    Raises CalendarTooShort at the beginning of time.
    """
    wanted = [(Step.PLAN, PLAN_DAYS)]
    if licensed:
        wanted += [(Step.APPLY, APPLY_DAYS), (Step.DECISION, DECISION_DAYS)]
    steps = []
    for step, before in wanted:
        last = first_day - timedelta(days=before)
        on = last if days.is_workday(last) else days.previous_workday(last)
        is_done = step in done
        steps.append(
            Milestone(step, on, last, is_done, not is_done and today > on, is_hard=step is Step.APPLY)
        )
    return tuple(steps)


def check_application(applied_on: date, first_day: date, today: date) -> None:
    """Raises DateAhead, or AppliedTooLate less than 20 days before the first day (P19)."""
    if applied_on > today:
        raise DateAhead
    latest = latest_application(first_day)
    if applied_on > latest:
        raise AppliedTooLate(latest=latest.isoformat())


def after_refusal(state: LicenceState) -> LicenceState:
    """Where a "no" of the police leads: a refused change leaves the old licence in force."""
    return LicenceState.GRANTED if state is LicenceState.RESUBMITTED else LicenceState.REFUSED


def after_cancellation(state: LicenceState) -> LicenceState | None:
    """What becomes of a licence when the event is called off (P21); None: nothing."""
    if state in {S.NOT_NEEDED, S.SURRENDERED}:
        return None
    return S.NOT_NEEDED if state is S.DRAFTING else S.SURRENDERED

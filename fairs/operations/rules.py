"""What each step of an event needs, who signs which gate, and what is missing before it opens."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from fairs.accounts.rules import OFFICE, RoleKind
from fairs.errors import Forbidden, Invalid, Refusal
from fairs.programmes.gates import GATE_LABELS, Gate, GateState, Preparation, missing_parts
from fairs.programmes.rules import EventState
from fairs.safety.rules import SIGNED_AFTER_REVIEW

SIGNERS: dict[Gate, frozenset[RoleKind]] = {
    Gate.DEPARTMENT: frozenset({RoleKind.DEPT_HEAD}),
    Gate.PLAN: OFFICE,
    Gate.VETTING: OFFICE,
    Gate.SAFETY: frozenset({RoleKind.CAMPUS_SECURITY}),
    Gate.LICENCE: frozenset(),
}
"""Who signs which gate (S29); the safety plan is campus security's alone, a licence comes from the police."""

AFTER: dict[Gate, Gate] = {Gate.PLAN: Gate.DEPARTMENT, Gate.SAFETY: Gate.DEPARTMENT}
"""Which gate waits for which: the department speaks before the career centre and security do (S20, D4)."""

SIGNABLE: dict[Gate, frozenset[EventState]] = {
    gate: frozenset({EventState.SAFETY_REVIEW})
    | (SIGNED_AFTER_REVIEW if gate is Gate.SAFETY else frozenset())
    for gate in Gate
}
"""States of an event in which each gate is signed."""

SENDABLE = frozenset({EventState.DRAFT, EventState.PLANNED, EventState.RETURNED})


class Verdict(StrEnum):
    """What a signer may say."""

    ACCEPT = "accept"
    REFUSE = "refuse"


class NotTheSigner(Forbidden):
    """The gate is signed by somebody else."""

    code = "not_the_signer"
    sentence = "这一项由其他部门签署。"


class NotYourTurn(Refusal):
    """An earlier signature is still missing (S20)."""

    code = "not_your_turn"
    sentence = "“%(gate)s”还没有签署，签署后才轮到这一项。"


class NoCoordinator(Refusal):
    """A department needs a coordinator before it may hold events (S132)."""

    code = "no_coordinator"
    sentence = "“%(department)s”还没有院系就业专员，设置专员后才能举办活动。请联系就业中心。"


class NothingToSign(Refusal):
    """The gate is not waiting for a signature (any more)."""

    code = "nothing_to_sign"
    sentence = "这一项目前不需要签署，可能已由其他老师处理。"


class NoteMissing(Invalid):
    """A refusal says why."""

    code = "note_missing"
    sentence = "请写明原因，办理活动的老师会看到这段文字。"
    field = "note"


class ReasonMissing(Invalid):
    """Cancelling and postponing say why: everybody concerned will read it."""

    code = "reason_missing"
    sentence = "请写明原因，已报名的单位和学生都会看到。"
    field = "reason"


class PlanIncomplete(Refusal):
    """The plan of the event cannot be reviewed yet."""

    code = "plan_incomplete"
    sentence = "组织方案还不完整，请先补充：%(missing)s。"


class PostingsUnvetted(Refusal):
    """An exhibitor of this fair brings a posting that is not approved (S29, S34)."""

    code = "postings_unvetted"
    sentence = "本场还有 %(count)s 个参会岗位没有通过审核，请先完成岗位审核。"


class EventTextUnvetted(Refusal):
    """The words of an event contain what an officer has to judge first (S35)."""

    code = "event_text_unvetted"
    sentence = "活动文字里有需要审核的内容（%(quotes)s）。请修改文字，或送就业中心审核通过后再继续。"


class EventTitleUnvetted(Refusal):
    """People find a public event by its title, so words to be judged cannot wait there unshown (S35)."""

    code = "event_title_unvetted"
    sentence = (
        "活动已经公布，名称里有需要审核的内容（%(quotes)s）。请换一个名称；活动说明可以先保存，审核后显示。"
    )


class OffersOpen(Refusal):
    """Offers of booths wait for an answer: the map cannot be frozen."""

    code = "offers_open"
    sentence = "还有 %(count)s 个展位等待单位确认，确认或收回后才能截止。"


class MapMissing(Refusal):
    """A fair with booths is locked with a published map."""

    code = "map_missing"
    sentence = "请先发布展位图，再截止报名。"


class TooEarly(Refusal):
    """The day of the event has not come."""

    code = "too_early"
    sentence = "活动 %(day)s 才开始，还不能进行这项操作。"


class StillInside(Refusal):
    """People are still counted inside."""

    code = "still_inside"
    sentence = "场内还有 %(count)s 人。确认已清场后，请勾选“已确认清场”再结束活动。"


class DaysPast(Refusal):
    """An event is reviewed for days to come."""

    code = "days_past"
    sentence = "活动时间已经过去，请先修改活动日期。"


def check_plan(ready: Preparation, now: datetime, lacking: tuple[str, ...] = ()) -> None:
    """Raises DaysPast or PlanIncomplete, naming all that is missing; ``lacking``: of the safety plan."""
    if ready.first_start <= now:
        raise DaysPast
    if missing := (*missing_parts(ready), *lacking):
        raise PlanIncomplete(missing=missing)


def check_signer(gate: Gate, kinds: frozenset[RoleKind]) -> None:
    """Raises NotTheSigner unless one of the person's roles signs this gate."""
    if not kinds & SIGNERS[gate]:
        raise NotTheSigner


def is_turn(gate: Gate, states: Mapping[Gate, GateState]) -> bool:
    """Whether nothing that comes before this gate still waits for its signature (S20)."""
    return gate not in AFTER or states.get(AFTER[gate]) is not GateState.SUBMITTED


def check_turn(gate: Gate, states: Mapping[Gate, GateState]) -> None:
    """Raises NotYourTurn while the gate before this one waits for its signature (S20)."""
    if not is_turn(gate, states):
        raise NotYourTurn(gate=GATE_LABELS[AFTER[gate]])


def signed(gate: Gate, state: GateState, verdict: Verdict, note: str) -> GateState:
    """The state to which a signature leads. Raises NothingToSign or NoteMissing."""
    if state is not GateState.SUBMITTED or gate is Gate.LICENCE:
        raise NothingToSign
    if verdict is Verdict.REFUSE and not note.strip():
        raise NoteMissing
    return GateState.REFUSED if verdict is Verdict.REFUSE else GateState.ACCEPTED


def check_vetted(unvetted: int) -> None:
    """Raises PostingsUnvetted if any posting brought by an exhibitor is not approved (S29)."""
    if unvetted:
        raise PostingsUnvetted(count=unvetted)


def check_lock(*, with_booths: bool, map_public: bool, open_offers: int) -> None:
    """Raises OffersOpen or MapMissing: the map is frozen when booking ends."""
    if with_booths and open_offers:
        raise OffersOpen(count=open_offers)
    if with_booths and not map_public:
        raise MapMissing


def check_day(today: date, day: date) -> None:
    """Raises TooEarly before ``day``."""
    if today < day:
        raise TooEarly(day=day.isoformat())


def check_empty(inside: int, *, forced: bool) -> None:
    """Raises StillInside while people are counted inside, unless somebody has looked (forced)."""
    if inside and not forced:
        raise StillInside(count=inside)


def check_reason(reason: str) -> str:
    """The reason, trimmed. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()

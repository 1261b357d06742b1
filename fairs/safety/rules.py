"""When a safety plan is whole, who answers it, and what stands before opening (S29, S30, P20, P22, P24)."""

from dataclasses import dataclass
from enum import StrEnum

from fairs.errors import Conflict, Invalid, Refusal
from fairs.programmes.gates import GateState
from fairs.programmes.rules import EventState

PLAN_MOVES: dict[GateState, frozenset[GateState]] = {
    GateState.DRAFTING: frozenset({GateState.SUBMITTED}),
    GateState.SUBMITTED: frozenset({GateState.ACCEPTED, GateState.REFUSED}),
    GateState.REFUSED: frozenset({GateState.SUBMITTED}),
    GateState.ACCEPTED: frozenset({GateState.DRAFTING}),
    GateState.NOT_NEEDED: frozenset({GateState.DRAFTING}),
}
"""State machine SafetyPlan: drafting → submitted → accepted | returned → …; accepted ones are opened again."""

PLAN_LABELS = {
    GateState.NOT_NEEDED: "不需要签署",
    GateState.DRAFTING: "编制中",
    GateState.SUBMITTED: "待保卫处签署",
    GateState.ACCEPTED: "保卫处已签署",
    GateState.REFUSED: "已退回修改",
}

EDITABLE = frozenset({GateState.DRAFTING, GateState.REFUSED, GateState.NOT_NEEDED})

SIGNED_AFTER_REVIEW = frozenset({EventState.APPROVED, EventState.OPEN, EventState.LOCKED})
"""States in which a plan that was opened again is submitted and signed without a new review."""


class Position(StrEnum):
    """First and direct responsible person (S130)."""

    FIRST = "first"
    DIRECT = "direct"


POSITION_LABELS = {Position.FIRST: "第一责任人", Position.DIRECT: "直接责任人"}


class PlanSubmitted(Refusal):
    """A plan is not changed while security reads it, or after it was signed."""

    code = "plan_submitted"
    sentence = "方案目前是“%(state)s”，不能直接修改。已签署的方案请先点“修改方案”。"


class PlanNotWhole(Refusal):
    """The plan cannot be handed in yet."""

    code = "plan_not_whole"
    sentence = "安全工作方案还不完整，请先补充：%(missing)s。"


class PlanOvertaken(Conflict):
    """The plan was handed in anew since the signer opened the page."""

    code = "plan_overtaken"
    sentence = "方案刚刚重新提交，请阅读最新一版后再签署。"


class PlanWaitsForReview(Refusal):
    """Before the first review, the plan is handed in together with the event."""

    code = "plan_waits_for_review"
    sentence = "请在活动页面点“提交审核”，安全工作方案会一并提交。"


class ResponsibleIncomplete(Invalid):
    """A responsible person is named with office and phone."""

    code = "responsible_incomplete"
    sentence = "请填写姓名、职务和电话。"
    field = "name"


class FilingUnknown(Invalid):
    """The duty is not one of the school's."""

    code = "filing_unknown"
    sentence = "没有这一项备案事项，请刷新页面后再试。"


def check_plan_move(state: GateState, to: GateState) -> None:
    """Raises PlanSubmitted unless the state machine SafetyPlan allows the step."""
    if to not in PLAN_MOVES.get(state, frozenset()):
        raise PlanSubmitted(state=PLAN_LABELS.get(state, state.value))


def check_editable(state: GateState) -> None:
    """Raises PlanSubmitted while the plan is with security, or signed."""
    if state not in EDITABLE:
        raise PlanSubmitted(state=PLAN_LABELS.get(state, state.value))


def check_whole(missing: tuple[str, ...]) -> None:
    """Raises PlanNotWhole naming everything that is missing."""
    if missing:
        raise PlanNotWhole(missing=missing)


LINE_LABELS = {
    "implementation": "实施方案",
    "security_plan": "安全工作方案",
    "emergency": "应急预案",
    "responsible": "第一责任人和直接责任人",
    "staff": "现场工作人员（每 10 个展位至少 1 名）",
    "complaints": "现场投诉受理处和受理电话",
    "licence": "大型活动安全许可",
}
"""What has to be there before an event opens, by name."""

REVISED_LABELS = {"plan": "方案内容"}
"""What is said to have changed when the plan itself is opened again."""

DOCUMENTS = ("implementation", "emergency")
"""The required documents that are written, or handed in as a file, beside the security plan itself (P22)."""


@dataclass(frozen=True)
class Line:
    """One thing before opening; ``note`` says how far it is."""

    key: str
    is_done: bool
    note: str = ""

    @property
    def label(self) -> str:
        """What it is called (a message id)."""
        return LINE_LABELS[self.key]


def missing_lines(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """What is not there yet, by name."""
    return tuple(line.label for line in lines if not line.is_done)

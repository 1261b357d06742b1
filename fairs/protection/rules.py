"""Reports of students and visitors, and the case that they open: reasons, states, deadlines (S42, S127, P24)."""

from datetime import datetime
from enum import StrEnum

from fairs.errors import Conflict, Invalid


class Reason(StrEnum):
    """What is wrong with a posting or a booth (S36, S38, P14, P33)."""

    FEE = "fee"
    DISCRIMINATION = "discrimination"
    FALSE = "false"
    LOAN = "loan"
    PAPERS = "papers"
    BROCHURE = "brochure"
    OTHER = "other"


REASON_LABELS = {
    Reason.FEE: "要求交钱（报名费、押金、体检费等）",
    Reason.DISCRIMINATION: "性别、院校、户籍等歧视",
    Reason.FALSE: "虚假信息，与实际不符",
    Reason.LOAN: "培训贷、先培训后上岗",
    Reason.PAPERS: "扣押身份证、毕业证等证件",
    Reason.BROCHURE: "现场简章与学校审核的不一致",
    Reason.OTHER: "其他问题",
}


class Source(StrEnum):
    """Who reports."""

    STUDENT = "student"
    VISITOR = "visitor"
    INSPECTION = "inspection"


SOURCE_LABELS = {
    Source.STUDENT: "学生反映",
    Source.VISITOR: "未登录的访客反映",
    Source.INSPECTION: "现场巡查发现",
}


class ComplaintState(StrEnum):
    """State machine of a case (complaint) that reports opened."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    INVESTIGATING = "investigating"
    UPHELD = "upheld"
    UNFOUNDED = "unfounded"
    CLOSED = "closed"


COMPLAINT_LABELS = {
    ComplaintState.RECEIVED: "待受理",
    ComplaintState.ACCEPTED: "已受理",
    ComplaintState.INVESTIGATING: "核查中",
    ComplaintState.UPHELD: "属实",
    ComplaintState.UNFOUNDED: "未发现问题",
    ComplaintState.CLOSED: "已办结",
}

C = ComplaintState
COMPLAINT_MOVES: dict[ComplaintState, frozenset[ComplaintState]] = {
    C.RECEIVED: frozenset({C.ACCEPTED}),
    C.ACCEPTED: frozenset({C.INVESTIGATING}),
    C.INVESTIGATING: frozenset({C.UPHELD, C.UNFOUNDED}),
    C.UPHELD: frozenset({C.CLOSED}),
    C.UNFOUNDED: frozenset({C.CLOSED}),
    C.CLOSED: frozenset(),
}
OPEN = frozenset({C.RECEIVED, C.ACCEPTED, C.INVESTIGATING})
"""States in which further reports join the case."""

LONGEST = 2000
"""Characters of a report, and of an answer."""


class TextMissing(Invalid):
    """A report says what happened."""

    code = "report_text_missing"
    sentence = "请写明发生了什么：时间、地点、对方怎么说的。"
    field = "text"


class AlreadyReported(Conflict):
    """The same person has reported this already and the case is still open."""

    code = "already_reported"
    sentence = "您已反映过这个问题，老师正在处理。有新的情况请拨打就业热线补充。"


class MovedOn(Conflict):
    """Another officer was first."""

    code = "complaint_moved_on"
    sentence = "这件事刚刚已由其他老师处理（现在是“%(state)s”），请刷新页面查看。"


class AnswerMissing(Invalid):
    """Whoever reported is told the result in words."""

    code = "complaint_answer_missing"
    sentence = "请写给反映人的答复：查了什么、结果怎样。"
    field = "answer"


class GroundMissing(Invalid):
    """The employer is told why."""

    code = "complaint_ground_missing"
    sentence = "请写给单位的说明：哪里违反了什么规定。不要写反映人的任何信息。"
    field = "ground"


def check_text(text: str) -> str:
    """The report's text, tidied. Raises TextMissing."""
    if not text.strip():
        raise TextMissing
    return text.strip()[:LONGEST]


def move(state: ComplaintState, to: ComplaintState) -> ComplaintState:
    """``to``, if the case may go there. Raises MovedOn."""
    if to not in COMPLAINT_MOVES[state]:
        raise MovedOn(state=COMPLAINT_LABELS[state])
    return to


def check_result(to: ComplaintState, answer: str, ground: str) -> None:
    """Raises AnswerMissing, or GroundMissing where the report is upheld and the employer has to hear why."""
    if not answer.strip():
        raise AnswerMissing
    if to is ComplaintState.UPHELD and not ground.strip():
        raise GroundMissing


def earliest(due: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two deadlines; either may be missing."""
    return min((at for at in (due, other) if at is not None), default=None)

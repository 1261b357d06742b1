"""What can wait for a person, and the order in which it is shown."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A kind of work that waits: how many, since or until when, and where to do it.

    ``label`` is a message id; ``endpoint`` and ``values`` make the link; ``is_rest``: what is not named above.
    """

    label: str
    count: int
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None
    note: str = ""
    is_rest: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of an employer's checklist; ``state`` is done | now | todo | stopped."""

    label: str
    state: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    note: str = ""


LABELS = {
    "papers": "单位资质待审核",
    "appeals": "单位书面说明待复核",
    "joins": "加入单位的申请待办理",
    "postings": "招聘信息待审核",
    "complaints": "举报待处理",
    "alerts_approve": "求职预警待批准",
    "alerts_publish": "求职预警待发布",
    "late_texts": "内容审核已超时",
    "second": "申诉和放行待另一位老师处理",
    "samples": "审核决定待随机复查",
    "rule_changes": "规则更新后待处理的招聘信息",
    "requests": "展位申请待分配",
    "docking": "对接邀约待答复",
    "live": "直播待公布或登记",
    "gates": "安全工作方案待审批",
    "safety_plans": "安全工作方案待提交",
    "licences": "安全许可待办理",
    "filings": "备案事项到期",
    "incidents": "严重的现场情况未了结",
    "sweeps": "清场检查待签署",
    "closings": "活动数据待确认",
    "plans": "活动方案待审核",
    "opinions": "院系意见待签署",
    "returned": "活动方案被退回",
    "approved": "已批准，可以开放报名",
    "erasures": "注销个人数据的申请",
    "joint": "外校联合活动邀请待答复",
    "messages": "消息发送失败",
    "tasks": "后台任务未完成",
    "roles": "角色即将到期",
}

STEP_LABELS = {
    "data": "填写单位资料",
    "papers": "提交单位资质",
    "verified": "资质审核通过",
    "posting": "发布招聘信息",
    "booth": "申请展位并确认",
    "staff": "填写参会人员",
    "letter": "打印参会确认函",
}


FULLNESS_LABELS = {
    "free": "正常",
    "busy": "人员较多，注意分流",
    "near": "接近上限，准备暂停入场",
    "full": "已达上限，请暂停入场",
}


def fullness_of(percent: int) -> tuple[str, str]:
    """What it means that a hall is so full: (words, tone), by the alarms at 80, 95 and 100 % (P25)."""
    for limit, word, tone in ((100, "full", "stopped"), (95, "near", "mine"), (80, "busy", "waiting")):
        if percent >= limit:
            return FULLNESS_LABELS[word], tone
    return FULLNESS_LABELS["free"], "done"


def by_urgency(items: list[Waiting]) -> list[Waiting]:
    """What is due first comes first; what has no date comes last; what counts nothing is left out."""
    some = [item for item in items if item.count]
    return sorted(
        some,
        key=lambda item: (item.due_at is None, item.due_at.timestamp() if item.due_at else 0.0, item.label),
    )


def first_open(done: dict[str, bool]) -> dict[str, str]:
    """The state of each step: those done, the first open one is "now", the rest "todo"."""
    states: dict[str, str] = {}
    for name, is_done in done.items():
        states[name] = "done" if is_done else "todo" if "now" in states.values() else "now"
    return states

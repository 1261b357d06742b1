"""States of a task and when its worker counts as lost."""

from datetime import datetime, timedelta
from enum import StrEnum

from fairs.errors import Refusal


class TaskState(StrEnum):
    """queued → running → done | failed | stopped; a lost running task is queued again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


TASK_LABELS = {
    TaskState.QUEUED: "排队中",
    TaskState.RUNNING: "进行中",
    TaskState.DONE: "已完成",
    TaskState.FAILED: "未完成",
    TaskState.STOPPED: "已停止",
}

SILENCE = timedelta(seconds=45)
"""Without a heartbeat for this long a running task's worker is lost."""

ATTEMPTS = 3


class TaskFinished(Refusal):
    """A finished task can neither be stopped nor go on."""

    code = "task_finished"
    sentence = "这项任务已经结束。"


class Stopped(Exception):
    """Raised inside a task's work at the next checkpoint after somebody asked it to stop."""


def is_lost(heartbeat_at: datetime | None, now: datetime) -> bool:
    """Whether a running task's worker has been silent for too long."""
    return heartbeat_at is None or now - heartbeat_at > SILENCE


KIND_LABELS = {
    "tasks.export": "导出表格",
    "students.import": "导入学生名单",
    "employers.import": "导入用人单位",
    "allocation.solve": "安排展位",
    "invitations.send": "发送邀请",
    "protection.push": "发送求职预警",
    "postings.recheck": "按新规则复查已发布的招聘信息",
    "administration.staff": "导入教职工与角色",
    "administration.places": "导入院系与专业",
    "administration.spaces": "导入场地",
    "administration.calendar": "导入校历",
}
"""What each kind of work is called; the feature that registers a kind adds its name here."""

NOTE_LABELS = {"writing": "正在核对并写入，全部成功后才会生效", "sheet": "正在写入表格"}
"""What running work says about itself, where several features say the same."""

FIGURE_LABELS = {
    "rows": "导出的行数",
    "new": "新增",
    "changed": "更新",
    "gone": "标记为已离校",
    "same": "没有变化",
    "links": "发送激活链接",
    "offered": "新安排展位",
    "kept": "保持不变",
    "waitlisted": "没有合适的展位",
    "invited": "已发送邀请",
    "left_out": "没有发送",
    "told": "已通知学生",
    "examined": "复查的内容",
    "blocked": "新增建议退回，已暂停展示",
    "review": "新增需要判断，待处理",
    "clean": "按新规则已无问题",
}
"""What the figures in a result are called, in the order shown."""


def is_open(state: TaskState) -> bool:
    """Whether the work has not ended."""
    return state in {TaskState.QUEUED, TaskState.RUNNING}


def can_resume(state: TaskState) -> bool:
    """Whether the work ended before it was done, so that it may go on."""
    return state in {TaskState.STOPPED, TaskState.FAILED}

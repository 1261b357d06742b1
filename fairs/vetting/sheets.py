"""The work queue as a sheet."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from fairs.vetting.badges import badge_of
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import SUBJECT_LABELS


def headings() -> tuple[str, ...]:
    """The columns of ``row_of``."""
    case = (_("类别"), _("内容"), _("单位"), _("版本"), _("状态"))
    return (
        *case,
        _("建议退回"),
        _("需人工判断"),
        _("整体存疑"),
        _("提交时间"),
        _("办理时限"),
        _("最近的招聘会"),
    )


def row_of(
    case: VettingCase, blocks: int, reviews: int, doubts: int, fair_at: datetime | None
) -> tuple[Any, ...]:
    """A text that was handed in: how much of it should be returned, judged or looked at twice, for which fair."""
    kind, state = _(SUBJECT_LABELS[case.subject_kind]), _(badge_of(case.state).label)
    found = (blocks, reviews, doubts, case.submitted_at, case.due_at, fair_at)
    firm = case.employer.legal_name if case.employer else ""
    return (kind, case.title, firm, case.revision_no, state, *found)

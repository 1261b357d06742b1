"""Who did what with an employer at a university, as its page tells it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from fairs.accounts.models import Person
from fairs.audit.models import Audit
from fairs.database import db
from fairs.employers.marks import REGISTER_LABELS, TAG_LABELS, RegisterResult, TagKind
from fairs.employers.models import EmployerStanding
from fairs.employers.papers import CREDENTIAL_LABELS, CredentialKind

ACTION_LABELS = {
    "employer_registered": "注册单位",
    "employer_changed": "修改单位资料",
    "paper_added": "上传材料",
    "join_requested": "有同事申请加入",
    "join_accepted": "同意同事加入",
    "join_declined": "谢绝加入申请",
    "contact_invited": "邀请同事",
    "contact_ended": "停用联系人",
    "owner_changed": "移交单位负责人",
    "standing_begun": "选择向本校申请",
    "standing_submitted": "提交审核",
    "standing_reopened": "名称或代码变更，重新审核",
    "standing_under_review": "开始审核",
    "standing_verified": "审核通过",
    "standing_returned": "退回修改",
    "standing_rejected": "审核不予通过",
    "standing_renewal": "申请年度复核，重新承诺诚信",
    "standing_renewed": "年度复核通过",
    "standing_renewal_returned": "年度复核退回修改",
    "standing_expired": "认证到期",
    "standing_suspended": "暂停招聘活动",
    "standing_blacklisted": "列入黑名单",
    "standing_lifted": "解除限制，恢复招聘活动",
    "sanction_ended": "限制期满",
    "strike_noted": "记录一次违约",
    "strike_voided": "撤销一次违约记录",
    "relief_asked": "提交书面说明，申请复核",
    "relief_refused": "复核后维持原决定",
    "exemption_agreed": "同意没有代码的例外",
    "register_looked_up": "查询公示系统",
    "tag_added": "添加标签",
    "tag_ended": "移除标签",
    "introducer_set": "记录由谁引进",
    "principal_added": "上传委托单位授权书",
    "principal_ended": "停止为委托单位代招",
    "letter_handed_in": "上传委托书",
}


_BY_EMPLOYER = frozenset(
    {"standing_begun", "standing_submitted", "standing_reopened", "standing_renewal", "relief_asked"}
)
INTERNAL = frozenset({"introducer_set", "register_looked_up", "tag_added", "tag_ended", "exemption_agreed"})
"""Notes of the office that the employer does not read."""


@dataclass(frozen=True)
class Entry:
    """A line of the timeline macro."""

    at: datetime
    what: str
    who: str | None
    note: str | None


def entries(standing: EmployerStanding, *, with_names: bool) -> list[Entry]:
    """What happened to the employer and to its standing here, newest first.

    Things decided elsewhere stay there. ``with_names`` for the office; employers do not read officers' names.
    """
    about = sa.or_(
        sa.and_(Audit.subject_kind == "employer_standing", Audit.subject_id == standing.id),
        sa.and_(
            Audit.subject_kind == "employer",
            Audit.subject_id == standing.employer_id,
            sa.or_(Audit.university_id.is_(None), Audit.university_id == standing.university_id),
        ),
    )
    rows = db.session.execute(
        sa.select(Audit, Person.name)
        .outerjoin(Person, Person.id == Audit.actor_id)
        .where(about, Audit.action.in_(ACTION_LABELS.keys() - (set() if with_names else INTERNAL)))
        .order_by(Audit.id.desc())
        .limit(100)
    )
    return [_entry(row, name, with_names) for row, name in rows]


def _entry(row: Audit, name: str | None, with_names: bool) -> Entry:
    by_office = row.university_id is not None and row.action not in _BY_EMPLOYER
    who = name if with_names or not by_office else _("就业中心")
    return Entry(row.at, _(ACTION_LABELS[row.action]), who, _note(row))


def _note(row: Audit) -> str | None:
    if row.action == "paper_added":
        return str(_(CREDENTIAL_LABELS[CredentialKind(row.detail["kind"])]))
    reason = str(row.detail.get("reason") or "")
    notes = [_(reason) if row.action == "strike_noted" and reason else reason]
    if row.action == "register_looked_up":
        notes.insert(0, _(REGISTER_LABELS[RegisterResult(row.detail["result"])]))
    if row.action in {"tag_added", "tag_ended"}:
        notes.insert(0, _(TAG_LABELS[TagKind(row.detail["tag"])]))
    if row.detail.get("register_checked"):
        notes.append(_("已在公示系统核对名称和代码"))
    return "\n".join(note for note in notes if note) or None

"""Who may give which role, what ends when, and how many people a career centre needs."""

from collections.abc import Mapping
from datetime import date, timedelta

from fairs.accounts.rules import OF_DEPARTMENT, ROLE_LABELS, RoleKind
from fairs.errors import Invalid, Refusal

LED_BY = frozenset({RoleKind.CAREER_DIRECTOR, RoleKind.ADMIN})
"""Who administers a university."""

READ_BY = frozenset({RoleKind.CAREER_DIRECTOR, RoleKind.ADMIN, RoleKind.AUDITOR})
"""Who reads what was administered, and who read whose data."""

STAFF = (
    RoleKind.CAREER_OFFICER,
    RoleKind.CAREER_DIRECTOR,
    RoleKind.DEPT_COORDINATOR,
    RoleKind.DEPT_HEAD,
    RoleKind.COUNSELLOR,
    RoleKind.CAMPUS_SECURITY,
    RoleKind.DOOR_STAFF,
    RoleKind.SCHOOL_LEADER,
    RoleKind.PROVINCE_VIEWER,
    RoleKind.AUDITOR,
    RoleKind.ADMIN,
)
"""Roles that are given by hand, in the order offered."""

MAY_GRANT: Mapping[RoleKind, frozenset[RoleKind]] = {
    RoleKind.ADMIN: frozenset(STAFF),
    # whoever is watched does not choose the auditor, nor make administrators
    RoleKind.CAREER_DIRECTOR: frozenset(STAFF) - {RoleKind.ADMIN, RoleKind.AUDITOR},
}
"""Which roles each role may give and take."""

SOON = timedelta(days=14)
"""Roles that end within this time are shown as ending soon."""

LONGEST = timedelta(days=5 * 366)
"""No role is given for longer than this with an end."""

MASTER_LABELS = {"new": "新增", "changed": "更新", "errors": "需要修改"}


class MayNotGrant(Refusal):
    """Neither director nor administrator, or a role that theirs may not give."""

    code = "may_not_grant"
    sentence = "您的角色不能授予或收回“%(role)s”，请联系系统管理员。"


class OwnRole(Refusal):
    """Nobody gives themselves a role."""

    code = "own_role"
    sentence = "不能给自己授予角色，请由另一位主任或系统管理员办理。"


class LastAdmin(Refusal):
    """Nobody would be left who may give roles."""

    code = "last_admin"
    sentence = "这是最后一位可以授予角色的人，收回后无人管理。请先授予接任的人，再收回。"


class DepartmentMissing(Invalid):
    """The role is held for a department, and none was named."""

    code = "department_missing"
    sentence = "“%(role)s”需要选择院系。"
    field = "department"


class DayPassed(Invalid):
    """The role would have ended before it began, or lasts far too long."""

    code = "day_passed"
    sentence = "截止日期应在今天到五年之内。"
    field = "until"


class DepartmentInUse(Refusal):
    """Students or staff belong to what is to be put away."""

    code = "department_in_use"
    sentence = "“%(name)s”还有在用的内容（%(count)s 项），请先调整后再停用。"


def check_grant(by: frozenset[RoleKind], kind: RoleKind, *, oneself: bool) -> None:
    """Raises MayNotGrant or OwnRole unless somebody with the roles ``by`` may give ``kind``."""
    check_may(by, kind)
    if oneself:
        raise OwnRole


def check_may(by: frozenset[RoleKind], kind: RoleKind) -> None:
    """Raises MayNotGrant unless somebody with the roles ``by`` may give or take ``kind``."""
    if not any(kind in MAY_GRANT.get(one, frozenset()) for one in by):
        raise MayNotGrant(role=ROLE_LABELS[kind])


def grantable(by: frozenset[RoleKind]) -> list[RoleKind]:
    """The roles that somebody with the roles ``by`` may give, in the order offered."""
    return [kind for kind in STAFF if any(kind in MAY_GRANT.get(one, frozenset()) for one in by)]


def check_scope(kind: RoleKind, *, department: bool) -> None:
    """Raises DepartmentMissing where a role is held for a department and none is named."""
    if kind in OF_DEPARTMENT and not department:
        raise DepartmentMissing(role=ROLE_LABELS[kind])


def check_until(until: date | None, today: date) -> None:
    """Raises DayPassed."""
    if until is not None and not today <= until <= today + LONGEST:
        raise DayPassed


def check_last(kind: RoleKind, others: frozenset[RoleKind]) -> None:
    """Raises LastAdmin if ending a role of ``kind`` leaves nobody to give roles; ``others``: of all other people.

    The last administrator stays as long as there is none else; a director may go while an administrator is left.
    """
    needed = {RoleKind.ADMIN: frozenset({RoleKind.ADMIN}), RoleKind.CAREER_DIRECTOR: LED_BY}
    if kind in needed and not needed[kind] & others:
        raise LastAdmin


def staff_needed(graduates: int, ratio: int) -> int:
    """Members of staff that so many graduates need (S131): ceil(graduates / ratio)."""
    return -(-graduates // ratio)


def light(staff: int, needed: int) -> str:
    """The tone of a staffing figure: enough, nearly enough (one short), too few."""
    if staff >= needed:
        return "done"
    return "mine" if staff == needed - 1 else "stopped"


LIGHT_LABELS = {"done": "达标", "mine": "还差 1 人", "stopped": "未达标"}

"""Who may do what: role kinds, documents to accept, lock-out after failed sign-ins."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from fairs.errors import Invalid, Refusal

PersonId = NewType("PersonId", int)


class RoleKind(StrEnum):
    """Roles of REQUIREMENTS 2; each is held for a scope."""

    STUDENT = "student"
    EMPLOYER_HR = "employer_hr"
    EMPLOYER_REP = "employer_rep"
    DEPT_COORDINATOR = "dept_coordinator"
    DEPT_HEAD = "dept_head"
    COUNSELLOR = "counsellor"
    CAREER_OFFICER = "career_officer"
    CAREER_DIRECTOR = "career_director"
    DOOR_STAFF = "door_staff"
    CAMPUS_SECURITY = "campus_security"
    SCHOOL_LEADER = "school_leader"
    PROVINCE_VIEWER = "province_viewer"
    AUDITOR = "auditor"
    ADMIN = "admin"


ROLE_LABELS = {
    RoleKind.STUDENT: "学生",
    RoleKind.EMPLOYER_HR: "单位招聘负责人",
    RoleKind.EMPLOYER_REP: "单位参会人员",
    RoleKind.DEPT_COORDINATOR: "院系就业专员",
    RoleKind.DEPT_HEAD: "院系负责人",
    RoleKind.COUNSELLOR: "辅导员",
    RoleKind.CAREER_OFFICER: "就业中心老师",
    RoleKind.CAREER_DIRECTOR: "就业中心主任",
    RoleKind.DOOR_STAFF: "检票人员",
    RoleKind.CAMPUS_SECURITY: "保卫处",
    RoleKind.SCHOOL_LEADER: "校领导",
    RoleKind.PROVINCE_VIEWER: "省级查看",
    RoleKind.AUDITOR: "审计核查",
    RoleKind.ADMIN: "系统管理员",
}

OFFICE = frozenset({RoleKind.CAREER_OFFICER, RoleKind.CAREER_DIRECTOR, RoleKind.ADMIN})
"""Who works in the career centre and may do its daily work."""


OF_DEPARTMENT = frozenset({RoleKind.DEPT_COORDINATOR, RoleKind.DEPT_HEAD, RoleKind.COUNSELLOR})
"""Roles that are held for one department (S129)."""


class DocumentKind(StrEnum):
    """Documents that people accept, each in numbered versions."""

    PRIVACY_NOTICE = "privacy_notice"
    PLEDGE = "pledge"
    FAIR_CONSENT = "fair_consent"


CURRENT_VERSION = {DocumentKind.PRIVACY_NOTICE: 1, DocumentKind.PLEDGE: 1, DocumentKind.FAIR_CONSENT: 1}

REQUIRED_DOCUMENT = {
    RoleKind.STUDENT: DocumentKind.PRIVACY_NOTICE,
    RoleKind.EMPLOYER_HR: DocumentKind.PLEDGE,
}
"""What each role must have accepted in the current version before it goes on (S39, P37)."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A role in force, with its scope; ``None`` means: not limited to one."""

    kind: RoleKind
    university_id: int | None = None
    department_id: int | None = None
    employer_id: int | None = None
    event_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Whoever looks at a page, with all that is needed to decide what they may see and do."""

    person_id: int
    account_id: int
    name: str
    language: str
    grants: tuple[Grant, ...]
    accepted: frozenset[tuple[DocumentKind, int]]

    @property
    def kinds(self) -> frozenset[RoleKind]:
        """The kinds of role in force, whatever their scope."""
        return frozenset(grant.kind for grant in self.grants)

    def has(self, kinds: frozenset[RoleKind] | set[RoleKind], university_id: int) -> bool:
        """Whether one of ``kinds`` is held at this university."""
        return any(g.kind in kinds and g.university_id == university_id for g in self.grants)

    def belongs_to(self, university_id: int) -> bool:
        """Whether any role is held at this university; if not, its pages do not exist for them."""
        return any(g.university_id == university_id for g in self.grants)

    def departments(self, university_id: int) -> frozenset[int]:
        """Departments the viewer coordinates at this university."""
        return frozenset(
            g.department_id for g in self.grants if g.university_id == university_id and g.department_id
        )

    def employers(self) -> frozenset[int]:
        """Employers the viewer acts for."""
        return frozenset(g.employer_id for g in self.grants if g.employer_id)

    def missing_documents(self) -> tuple[DocumentKind, ...]:
        """Documents to be accepted in their current version before going on."""
        needed = {REQUIRED_DOCUMENT[kind] for kind in self.kinds if kind in REQUIRED_DOCUMENT}
        return tuple(sorted(kind for kind in needed if (kind, CURRENT_VERSION[kind]) not in self.accepted))


def in_force(from_on: date, until_on: date | None, today: date) -> bool:
    """Whether a role counts on ``today``: both ends are included."""
    return from_on <= today and (until_on is None or today <= until_on)


FREE_ATTEMPTS = 5
LOCK_STEPS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))


class SignInRefused(Invalid):
    """Login and password do not fit; which of the two is never told."""

    code = "sign_in_refused"
    sentence = "登录名或密码不正确。如果还没有设置密码，请使用激活邮件里的链接。"
    field = "password"


class AccountLocked(Refusal):
    """Too many wrong passwords for this account (P39); other accounts behind the same address go on."""

    code = "account_locked"
    sentence = "密码连续输错，账号已暂时锁定，请在 %(minutes)s 分钟后再试，或联系就业中心。"
    status = 429


class LinkExpired(Refusal):
    """An activation link was used already or is too old."""

    code = "link_expired"
    sentence = "这个链接已失效或已使用过。请重新申请激活链接，或联系就业中心。"
    status = 410


class PasswordTooWeak(Invalid):
    """The password is too short or is the login itself."""

    code = "password_too_weak"
    sentence = "密码至少 10 个字符，且不能与登录名相同。"
    field = "password"


def locked_until(failures: int, now: datetime) -> datetime | None:
    """Until when an account rests after this many failures in a row; None while attempts are free (P39)."""
    if failures < FREE_ATTEMPTS:
        return None
    return now + LOCK_STEPS[min(failures - FREE_ATTEMPTS, len(LOCK_STEPS) - 1)]


def check_attempt(locked: datetime | None, now: datetime) -> None:
    """Raises AccountLocked while the account rests."""
    if locked is not None and now < locked:
        raise AccountLocked(minutes=max(1, -(-int((locked - now).total_seconds()) // 60)))


def check_password(password: str, login: str) -> None:
    """Raises PasswordTooWeak for a password that P39's policy does not accept."""
    if len(password) < 10 or password.casefold() == login.casefold():
        raise PasswordTooWeak

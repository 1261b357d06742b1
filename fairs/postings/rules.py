"""Kinds of postings, the elements every posting must state, and its life."""

from datetime import date, timedelta
from enum import StrEnum

from fairs.errors import Conflict, Invalid, Refusal
from fairs.vetting.rules import VerdictKind


class PostingKind(StrEnum):
    """Kinds of work offered (S141, S142, S148, S162, S163)."""

    JOB = "job"
    INTERNSHIP = "internship"
    TRAINEESHIP = "traineeship"
    FLEXIBLE = "flexible"
    RESEARCH_ASSISTANT = "research_assistant"
    GRASSROOTS = "grassroots"


POSTING_KIND_LABELS = {
    PostingKind.JOB: "全职",
    PostingKind.INTERNSHIP: "实习",
    PostingKind.TRAINEESHIP: "就业见习",
    PostingKind.FLEXIBLE: "灵活就业",
    PostingKind.RESEARCH_ASSISTANT: "科研助理",
    PostingKind.GRASSROOTS: "基层项目",
}


class PostingState(StrEnum):
    """What a posting is for its employer, derived from its revisions, cases and publications."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    REJECTED = "rejected"
    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


POSTING_STATE_LABELS = {
    PostingState.DRAFT: "草稿",
    PostingState.IN_REVIEW: "审核中",
    PostingState.RETURNED: "已退回",
    PostingState.REJECTED: "未通过",
    PostingState.PUBLISHED: "已发布",
    PostingState.SCHEDULED: "待开始展示",
    PostingState.EXPIRED: "已过期",
    PostingState.WITHDRAWN: "已撤下",
}

CHECKED_FIELDS = {
    **{name: name for name in ("title", "requirements", "description", "benefits", "city", "apply_how")},
    **{name: name for name in ("period", "project", "settlement")},
    "salary_text": "salary",
}
"""Fields of the form whose words are vetted (``Content.text``), and what the clause engine calls them."""

MOST_DAYS = 365  # a posting is valid for a year at most
DECISION_MAILS = {
    VerdictKind.APPROVE: "postings/approved",
    VerdictKind.RETURN: "postings/returned",
    VerdictKind.REJECT: "postings/rejected",
}
"""The message that tells the employer of a decision."""

REQUIRED = ("title", "description", "requirements", "city", "salary", "headcount", "valid_until")
"""What every posting states (P5: conditions, content, place, basic pay, head count, validity)."""

REQUIRED_BY_KIND: dict[PostingKind, tuple[str, ...]] = {
    PostingKind.JOB: (),
    PostingKind.INTERNSHIP: ("period", "days_per_week"),
    PostingKind.TRAINEESHIP: ("period",),
    PostingKind.FLEXIBLE: ("settlement",),
    PostingKind.RESEARCH_ASSISTANT: ("period",),
    PostingKind.GRASSROOTS: ("project", "period"),
}
"""What each kind of work states besides (S141, S142, S148, S162, S163)."""

KIND_FIELDS = {
    "period": frozenset(PostingKind) - {PostingKind.JOB, PostingKind.FLEXIBLE},
    "days_per_week": frozenset({PostingKind.INTERNSHIP, PostingKind.FLEXIBLE}),
    "project": frozenset({PostingKind.GRASSROOTS, PostingKind.RESEARCH_ASSISTANT}),
    "settlement": frozenset({PostingKind.FLEXIBLE}),
}
"""For which kinds a field is asked at all."""

EXPIRY_NOTICE = timedelta(days=7)
"""So long before its end the employer hears that a posting runs out."""


class PostingIncomplete(Invalid):
    """An element that every posting must state is missing (P5)."""

    code = "posting_incomplete"
    sentence = "招聘信息还缺少：%(missing)s。"


class NotVerified(Refusal):
    """Only an employer verified at the university may submit postings to it."""

    code = "not_verified"
    sentence = "单位资质通过审核后才能提交招聘信息。"


class EmployerNotVerified(NotVerified):
    """The same, as the officer reads it who would approve."""

    code = "employer_not_verified"
    sentence = "这家单位的资质目前没有在本校通过审核，招聘信息不能发布。请先处理单位资质。"


class RevisionFrozen(Refusal):
    """A submitted text cannot be changed; a change is a new revision."""

    code = "revision_frozen"
    sentence = "这一版已提交审核，不能直接修改。要改的话请先收回，或者等学校退回。"


class ChangedMeanwhile(Conflict):
    """Somebody, or the same person in another window, has saved since the form was opened."""

    code = "posting_changed_meanwhile"
    sentence = "同事刚刚修改了这条信息，不同之处列在下面。您填的都在，看过后再按一次，就以您的为准。"
    field = "version"


class ChangedSinceShown(Conflict):
    """What would be submitted is not what was shown."""

    code = "posting_changed_since_shown"
    sentence = "这条招聘信息在您打开页面以后又有修改，没有提交。下面是现在的内容，请看过后再提交。"
    field = "version"


class NothingToRecall(Refusal):
    """No university is still reading the text."""

    code = "nothing_to_recall"
    sentence = "学校已经处理了这次提交，不能再收回。请看处理结果，需要时直接修改后重新提交。"


FIELD_LABELS = {
    "title": "岗位名称",
    "description": "工作内容",
    "requirements": "任职要求",
    "benefits": "福利待遇",
    "city": "工作地点",
    "salary": "基本薪酬",
    "headcount": "需求人数",
    "valid_until": "有效期",
    "period": "实习、见习或服务期",
    "days_per_week": "每周工作天数",
    "project": "项目名称",
    "settlement": "结算方式",
    "apply_how": "应聘方式",
    "majors": "专业要求",
    "degree": "学历要求",
    "cohort": "面向届别",
}


class ValidityWrong(Invalid):
    """A posting is valid from today on, for a year at most (P5)."""

    code = "validity_wrong"
    sentence = "有效期须在今天之后、一年以内。"
    field = "valid_until"


class ValidityTurned(Invalid):
    """The first day of showing lies after the last."""

    code = "validity_turned"
    sentence = "开始展示的日期不能晚于有效期。"
    field = "valid_from"


class EndReasonMissing(Invalid):
    """Whoever withdraws a posting says why; fairs and officers read it."""

    code = "end_reason_missing"
    sentence = "请写明撤下的原因，例如“已招满”。"
    field = "reason"


class TemplateNameMissing(Invalid):
    """A template is found by its name."""

    code = "template_name_missing"
    sentence = "请给模板起一个名称。"
    field = "name"


class NothingToCopy(Invalid):
    """At least one posting is ticked."""

    code = "nothing_to_copy"
    sentence = "请先勾选要复制的招聘信息。"


class SalaryWrong(Invalid):
    """The lower end of the pay lies above the upper."""

    code = "salary_wrong"
    sentence = "薪酬下限不能高于上限。"
    field = "salary_max"


class UnknownMajor(Invalid):
    """A major is neither a national code nor a name that any university here offers."""

    code = "unknown_major"
    sentence = "没有找到专业：%(names)s。请填写专业名称或国家专业代码，用逗号隔开。"
    field = "majors"


class NoSchoolChosen(Invalid):
    """A submission names the universities it goes to."""

    code = "no_school_chosen"
    sentence = "请选择要提交到的学校。"
    field = "schools"


class AlreadySubmitted(Refusal):
    """This very version lies, or lay, before the university."""

    code = "already_submitted"
    sentence = "这一版已提交过%(school)s。如需修改，请先编辑为新版本。"


class PostingEnded(Refusal):
    """A withdrawn posting stays as it is."""

    code = "posting_ended"
    sentence = "这条招聘信息已撤下。可以复制一份重新发布。"


class PostingClosed(Refusal):
    """The posting was public and is no longer."""

    code = "posting_closed"
    sentence = "这条招聘信息已到期或已撤下。请看看其他正在招聘的岗位。"
    status = 410


class ValidityOver(Refusal):
    """What would be expired at once cannot be published."""

    code = "validity_over"
    sentence = "有效期已过，不能发布。请退回，由单位更新有效期。"


class DailyLimit(Refusal):
    """The university takes so many new postings of a kind per employer and day (P15)."""

    code = "daily_limit"
    sentence = "今天提交给%(school)s的%(kind)s已达 %(most)s 条上限，请明天再提交。"


def check_complete(fields: dict[str, object], kind: PostingKind) -> None:
    """Raises PostingIncomplete naming the missing elements (P5, and those of the kind)."""
    missing = missing_elements(fields, kind)
    if missing:
        raise PostingIncomplete(missing="、".join(missing))


def missing_elements(fields: dict[str, object], kind: PostingKind) -> list[str]:
    """Labels of the required elements that are empty (P5, and those of the kind)."""
    return [FIELD_LABELS[name] for name in (*REQUIRED, *REQUIRED_BY_KIND[kind]) if not fields.get(name)]


def check_period(valid_from: date | None, valid_until: date | None) -> None:
    """Raises ValidityTurned if the first day lies after the last."""
    if valid_from and valid_until and valid_from > valid_until:
        raise ValidityTurned


def check_reason(reason: str) -> str:
    """The reason for withdrawing, tidied. Raises EndReasonMissing without one."""
    if not reason.strip():
        raise EndReasonMissing
    return reason.strip()[:300]


def check_validity(valid_until: date | None, today: date) -> None:
    """Raises ValidityWrong unless the last day lies between today and a year from now (P5)."""
    if valid_until is not None and not today <= valid_until <= today + timedelta(days=MOST_DAYS):
        raise ValidityWrong


def check_daily(submitted: int, most: int, *, school: str, kind: PostingKind) -> None:
    """Raises DailyLimit once ``submitted`` new postings of this kind went to the university today (P15)."""
    if submitted >= most:
        raise DailyLimit(school=school, kind=POSTING_KIND_LABELS[kind], most=most)

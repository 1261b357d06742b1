"""Kinds of postings, the elements every posting must state, and its life."""

from enum import StrEnum

from fairs.errors import Invalid, Refusal


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
    PUBLISHED = "published"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


POSTING_STATE_LABELS = {
    PostingState.DRAFT: "草稿",
    PostingState.IN_REVIEW: "审核中",
    PostingState.RETURNED: "已退回",
    PostingState.PUBLISHED: "已发布",
    PostingState.EXPIRED: "已过期",
    PostingState.WITHDRAWN: "已撤下",
}

TEXT_FIELDS = ("title", "requirements", "description", "benefits")
"""Fields whose text is vetted, by the names the clause engine knows."""

REQUIRED = ("title", "description", "requirements", "city", "salary", "headcount", "valid_until")
"""What every posting states (P5: conditions, content, place, basic pay, head count, validity)."""


class PostingIncomplete(Invalid):
    """An element that every posting must state is missing (P5)."""

    code = "posting_incomplete"
    sentence = "招聘信息还缺少：%(missing)s。"


class NotVerified(Refusal):
    """Only an employer verified at the university may submit postings to it."""

    code = "not_verified"
    sentence = "单位资质通过审核后才能提交招聘信息。"


class RevisionFrozen(Refusal):
    """A submitted text cannot be changed; a change is a new revision."""

    code = "revision_frozen"
    sentence = "这一版已提交审核，不能再改；退回后可以修改并重新提交。"


FIELD_LABELS = {
    "title": "岗位名称",
    "description": "工作内容",
    "requirements": "任职要求",
    "benefits": "福利待遇",
    "city": "工作地点",
    "salary": "基本薪酬",
    "headcount": "需求人数",
    "valid_until": "有效期",
}


def check_complete(fields: dict[str, object]) -> None:
    """Raises PostingIncomplete naming the missing elements (P5)."""
    missing = [FIELD_LABELS[name] for name in REQUIRED if not fields.get(name)]
    if missing:
        raise PostingIncomplete(missing="、".join(missing))

"""What a clause rule is, what it finds, what silences it (S35, S36, P1). The officer decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from re import Match
from typing import ClassVar, NamedTuple

from fairs.clauses.patterns import Pattern


class Severity(StrEnum):
    """How far a finding stands in the way of publishing; the officer may always overrule."""

    BLOCK = "block"
    REVIEW = "review"
    ADVISE = "advise"


SEVERITY_NAMES = {Severity.BLOCK: "建议退回", Severity.REVIEW: "需人工判断", Severity.ADVISE: "建议优化"}

CATEGORY_NAMES = {
    "gender": "性别",
    "marital_childbearing": "婚育",
    "age": "年龄",
    "school_tier": "院校与学习方式",
    "household_registration": "户籍与生源",
    "region_origin": "地域与籍贯",
    "ethnicity": "民族、种族与国籍出身",
    "religion": "宗教信仰",
    "disability": "残疾",
    "health_hbv_hiv": "乙肝、艾滋病病原携带",
    "health_other": "其他健康状况",
    "covid_recovered": "新冠康复者",
    "appearance": "外貌",
    "political": "政治面貌",
    "criminal_record": "违法犯罪记录",
    "zodiac_blood": "星座、属相、血型",
    "family_background": "家庭背景",
    "fraud_fee": "收费",
    "training_loan": "培训贷",
    "pyramid": "传销",
    "false_job": "虚假或违法岗位",
    "document_withholding": "扣押证件",
    "intermediary": "违规中介",
    "personal_data": "过度收集个人信息",
    "unlawful_terms": "违法劳动条款",
    "underage_labor": "童工与未成年工",
}


class Category(StrEnum):
    """The stable category ids of the vetting reference, section 4; ``label`` is the Chinese name."""

    GENDER = "gender"
    MARITAL_CHILDBEARING = "marital_childbearing"
    AGE = "age"
    SCHOOL_TIER = "school_tier"
    HOUSEHOLD_REGISTRATION = "household_registration"
    REGION_ORIGIN = "region_origin"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    DISABILITY = "disability"
    HEALTH_HBV_HIV = "health_hbv_hiv"
    HEALTH_OTHER = "health_other"
    COVID_RECOVERED = "covid_recovered"
    APPEARANCE = "appearance"
    POLITICAL = "political"
    CRIMINAL_RECORD = "criminal_record"
    ZODIAC_BLOOD = "zodiac_blood"
    FAMILY_BACKGROUND = "family_background"
    FRAUD_FEE = "fraud_fee"
    TRAINING_LOAN = "training_loan"
    PYRAMID = "pyramid"
    FALSE_JOB = "false_job"
    DOCUMENT_WITHHOLDING = "document_withholding"
    INTERMEDIARY = "intermediary"
    PERSONAL_DATA = "personal_data"
    UNLAWFUL_TERMS = "unlawful_terms"
    UNDERAGE_LABOR = "underage_labor"

    @property
    def label(self) -> str:
        """The category in words for people (a gettext message id)."""
        return CATEGORY_NAMES[self.value]


class Scope(StrEnum):
    """How far around a match a context looks: from comma to comma up to the whole neighbourhood."""

    PHRASE = "phrase"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    NEIGHBOURHOOD = "neighbourhood"


class Profile(StrEnum):
    """How strictly a university reads: ``campus_strict`` holds campus events to the 2013 State Council text."""

    DEFAULT = "default"
    CAMPUS_STRICT = "campus_strict"


class Finding(NamedTuple):
    """One clause that an officer should look at.

    ``start`` and ``end`` count Unicode code points of the original text (not UTF-16 units, not bytes) and
    ``text[start:end] == quote``. ``basis`` names only sources whose text or reprint was read.
    """

    category: str
    severity: Severity
    start: int
    end: int
    quote: str
    rule: str
    basis: str
    rewrite: str


class Context(NamedTuple):
    """One grammatical situation around a match; it holds when every part that is given holds."""

    scope: Scope
    before: Pattern | None = None
    after: Pattern | None = None
    within: Pattern | None = None
    quoted: bool = False


Search = Callable[[str], Match[str] | None]
# A context as it is tried: the number of its scope, what finds its parts before, after and around, ``quoted``.
Tried = tuple[int, Search | None, Search | None, Search | None, bool]


class Tries(dict[int, Tried]):
    """Contexts as they are tried, by their bits; their patterns are compiled when they are first asked for."""

    _SCOPES: ClassVar = {scope: number for number, scope in enumerate(Scope)}

    def __init__(self, contexts: Mapping[int, Context]) -> None:
        self._contexts = contexts

    def __missing__(self, bit: int) -> Tried:
        scope, before, after, within, quoted = self._contexts[bit]
        tried = self[bit] = (
            self._SCOPES[scope],
            before.search if before else None,
            after.search if after else None,
            within.search if within else None,
            quoted,
        )
        return tried


@dataclass(frozen=True, eq=False, slots=True)
class Contexts:
    """Situations of which one is to hold, and their bits in ``clues.Clues``: all before they are given out."""

    alternatives: tuple[Context, ...]
    clues: int = -1


@dataclass(frozen=True)
class Lawful:
    """A lawful exception: when one of ``contexts`` holds, the finding shrinks to advice with this basis."""

    contexts: Contexts
    basis: str
    rewrite: str


@dataclass(frozen=True)
class Example:
    """A sentence that belongs to a rule: it must be found, with this quote and severity if given, or not."""

    text: str
    must_match: bool
    quote: str | None = None
    severity: Severity | None = None
    field: str = "description"


@dataclass(frozen=True)
class Rule:
    """One way in which a text limits, prefers, excludes or charges somebody.

    ``patterns`` refer to the normalised text. ``unless`` silences a match, ``lawful`` turns it into advice,
    ``state_sector`` and ``campus_strict`` replace the severity for that kind of employer or profile.
    Empty ``fields`` means all. ``clues`` are the bits of all its contexts.
    """

    id: str
    category: Category
    severity: Severity
    patterns: tuple[Pattern, ...]
    unless: Contexts
    lawful: tuple[Lawful, ...]
    basis: str
    rewrite: str
    state_sector: Severity | None
    campus_strict: Severity | None
    fields: frozenset[str]
    examples: tuple[Example, ...]
    clues: int = -1
    category_name: str = field(init=False)  # read several times as fast as ``category.value``

    def __post_init__(self) -> None:
        object.__setattr__(self, "category_name", self.category.value)

"""The check as a whole: places, severities by employer and profile, disguises, strange input."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairs.clauses import catalogue
from fairs.clauses.engine import check
from fairs.clauses.rules import Severity

PIECES = [
    "限男生",
    "女性优先",
    "985/211院校",
    "35周岁以下",
    "本地户口",
    "已婚已育优先",
    "不限",
    "不得",
    "但",
    "缴纳押金300元",
    "身份证由公司保管",
    "先学后付",
    "18-30岁",
    "，",
    "。",
    "；",
    "\n",
    "“",
    "”",
    "①",
    "👨",
    "👩‍💻",
    "9️⃣",
    "\u200b",
    "\u0000",
    "\ud800",
    "ﬁ",
    "𝟗𝟖𝟓",
    "歲",
    "male only",
    "male ",
    "only ",
    "年龄",
    "限",
    "男",
    "岁",
    "（",
    "）",
    " ",
    ".",
    "統招",
    "\u0301",
]
MIXED = st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join)


@given(MIXED, st.sampled_from(["title", "requirements", "benefits", "description", "announcement"]))
@settings(max_examples=300, deadline=None)
def test_findings_quote_the_original_in_order_and_never_overlap(text: str, field: str) -> None:
    findings = check(text, field)
    assert all(text[one.start : one.end] == one.quote != "" for one in findings)
    assert all(first.end <= second.start for first, second in pairwise(findings))


CLAUSES = {
    "限男生": "gender",
    "女性优先": "gender",
    "35周岁以下": "age",
    "限985院校": "school_tier",
    "限本市户籍": "household_registration",
    "已婚已育优先": "marital_childbearing",
}
DISGUISES = {
    "full width": lambda clause: "".join(
        chr(ord(char) + 0xFEE0) if char.isascii() else char for char in clause
    ),
    "zero width": "\u200b".join,
    "soft hyphen": "\u00ad".join,
    "spaces": " ".join,
    "slashes": "/".join,
    "underscores": "_".join,
    "middle dots": "·".join,
    "struck through": lambda clause: "".join(char + "\u0336" for char in clause),
}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("clause", CLAUSES)
def test_a_disguised_clause_is_found_at_the_disguised_place(clause: str, disguise: str) -> None:
    hidden = DISGUISES[disguise](clause)
    text = f"岗位要求：{hidden}，能适应出差。"
    (finding,) = check(text)
    assert finding.category == CLAUSES[clause]
    assert finding.quote.rstrip("\u0336\u200b\u00ad") == hidden.rstrip("\u0336\u200b\u00ad")


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("男女不限，但男性优先。", ["男女不限，但男性优先"]),
        ("户籍不限，不过仅限女生。", ["仅限女生"]),
        ("35岁以下未婚男性优先", ["35岁以下", "未婚男性优先"]),
        ("限女，985院校，25岁以内，本市户籍。", ["限女", "985院校", "25岁以内", "本市户籍"]),
    ],
)
def test_every_ground_has_its_own_place(text: str, quotes: list[str]) -> None:
    assert [one.quote for one in check(text)] == quotes


def severity(text: str, **how: str) -> Severity:
    (finding,) = check(text, **how)
    return finding.severity


@pytest.mark.parametrize(
    "text", ["年龄35周岁以下。", "95后优先。", "985、211院校优先。", "Designer, age below 35."]
)
def test_the_strict_campus_profile_blocks_age_and_school_preference(text: str) -> None:
    assert severity(text) is Severity.REVIEW
    assert severity(text, profile="campus_strict") is Severity.BLOCK


def test_the_strict_profile_leaves_lawful_exceptions_alone() -> None:
    assert severity("公务员招录：35周岁以下。", profile="campus_strict") is Severity.ADVISE


def test_mode_of_study_depends_on_the_employer() -> None:
    assert severity("统招本科。") is Severity.REVIEW
    assert severity("统招本科。", employer_type="state_owned") is Severity.BLOCK
    assert severity("某国有企业：统招本科。") is Severity.BLOCK
    assert severity("服务国有企业客户，统招本科。", employer_type="private") is Severity.REVIEW


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="severe"):
        check("限男生", profile="severe")


def test_a_finding_names_basis_and_rewrite() -> None:
    (finding,) = check("限男生")
    assert "《妇女权益保障法》第四十三条" in finding.basis
    assert finding.rewrite.startswith("性别不限")
    assert catalogue.version() == catalogue.catalogue().version


LONG_UNITS = [
    "限",
    "男",
    "限男，",
    "女、",
    "985、",
    "35岁",
    "不限",
    "“",
    "已婚",
    "押金",
    "身份证",
    "1 ",
    "学费分期",
    "male ",
    "要求本市",
    "a",
    "\u0301",
    "18-",
]


@pytest.mark.parametrize("unit", LONG_UNITS)
def test_very_long_input_is_read_to_its_end(unit: str) -> None:
    text = unit * (60_000 // len(unit.encode())) + "。招聘文员，仅限女性。"
    assert check(text)[-1].quote == "仅限女性"


def test_a_text_that_wakes_every_kind_of_pattern_is_read_to_its_end() -> None:
    text = "。".join(unit * (10_000 // len(unit)) for unit in LONG_UNITS) + "。招聘文员，仅限女性。"
    assert check(text)[-1].quote == "仅限女性"

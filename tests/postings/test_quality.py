"""What makes a posting good, and what each kind of work must state."""

from datetime import date

import pytest

from fairs.postings.content import Content
from fairs.postings.quality import ELEMENT_LABELS, quality
from fairs.postings.rules import (
    POSTING_KIND_LABELS,
    REQUIRED_BY_KIND,
    PostingIncomplete,
    PostingKind,
    ValidityTurned,
    check_complete,
    check_period,
)
from tests.factories.postings import OF_KIND, content

FULL = content(
    description="负责产线夹具设计，与工艺团队协作，跟进试制和验收，编写作业指导书并培训一线员工。",
    requirements="本科及以上学历，会使用三维设计软件，能看懂机械图纸，愿意到车间现场解决问题，沟通顺畅。",
    majors=("080202",),
    apply_how="简历发到 hr@jiangnan.example，一周内答复。",
    cohort=2027,
)


def test_a_full_posting_lacks_nothing() -> None:
    found = quality(FULL, PostingKind.JOB)
    assert (found.score, found.missing, found.tone) == (100, (), "done")


def test_what_to_add_comes_by_weight() -> None:
    found = quality(Content(title="职员", headcount=1, city="南京", salary_text="面议"), PostingKind.JOB)
    assert found.is_low
    assert found.missing[0] == ELEMENT_LABELS["pay"]
    assert ELEMENT_LABELS["city"] not in found.missing
    better = quality(Content(title="职员", headcount=1, city="南京", salary_min=6000), PostingKind.JOB)
    assert better.score > found.score


@pytest.mark.parametrize("kind", PostingKind)
def test_each_kind_states_its_own(kind: PostingKind) -> None:
    assert kind in POSTING_KIND_LABELS
    stated = content(**OF_KIND.get(kind, {}))
    check_complete(stated.elements(), kind)
    for name in REQUIRED_BY_KIND[kind]:
        lacking = stated.elements() | {name: ""}
        with pytest.raises(PostingIncomplete):
            check_complete(lacking, kind)


def test_everything_a_reader_sees_is_vetted() -> None:
    words = content(period="3 个月", project="计划", settlement="日结", apply_how="投递").text()
    assert {"period", "project", "settlement", "apply_how"} <= set(words)


def test_the_first_day_comes_before_the_last() -> None:
    check_period(None, date(2027, 1, 1))
    check_period(date(2027, 1, 1), date(2027, 1, 1))
    with pytest.raises(ValidityTurned):
        check_period(date(2027, 1, 2), date(2027, 1, 1))

"""Marks in a text, and wordings that one click may insert."""

from dataclasses import dataclass

import pytest

from fairs.clauses.catalogue import catalogue
from fairs.vetting.marks import Segment, marked, numbered, once, wording_of


@dataclass(frozen=True)
class Place:
    start: int
    end: int


def test_text_is_cut_at_its_findings() -> None:
    first, second = Place(2, 5), Place(6, 9)
    assert marked("😀，限男性，35岁", [(2, second), (1, first)]) == [
        Segment("😀，"),
        Segment("限男性", 1, first),
        Segment("，"),
        Segment("35岁", 2, second),
    ]


def test_nothing_is_lost_or_said_twice_where_findings_overlap_or_overrun() -> None:
    text = "限男性优先"
    pieces = marked(text, [(1, Place(0, 3)), (2, Place(2, 5)), (3, Place(4, 99))])
    assert "".join(piece.text for piece in pieces) == text


@dataclass(frozen=True)
class Told(Place):
    said: str


def test_what_is_said_again_has_the_same_number_and_every_place_is_marked() -> None:
    first, age, again = Told(0, 3, "限男性"), Told(4, 7, "35岁"), Told(8, 11, "限男性")
    numbers = numbered([first, age, again])
    assert numbers == [(1, first), (2, age), (1, again)]
    hints = once(numbers)
    assert [(hint.number, hint.finding, hint.places) for hint in hints] == [
        (1, first, (first, again)),
        (2, age, (age,)),
    ]
    pieces = marked("限男性，35岁，限男性", numbers, {hint.finding for hint in hints})
    assert [(piece.number, piece.leads) for piece in pieces if piece.number] == [
        (1, True),
        (2, True),
        (1, False),
    ]


@pytest.mark.parametrize(
    ("rewrite", "wording"),
    [
        ("性别不限；请写明工作本身的要求。", "性别不限"),
        ("删去院校优先；可写“专业基础扎实，有相关项目经历者优先”。", "专业基础扎实，有相关项目经历者优先"),
        ("删去性别优先；可写“需具备××能力，性别不限”。", ""),
        ("删除。招聘不询问婚育状况。", ""),
        ("本科及以上学历，××相关专业；以笔试、作品考察能力。", "本科及以上学历"),
        ("写所需能力，如“英语可作为工作语言”。", None),
        ("似属核定标准的考务费，请写明收费依据。", None),
        ("Remove the age limit; state the skill or experience that the work needs.", ""),
        (
            'Open to all genders. State the task instead, e.g. "frequent travel required".',
            "Open to all genders",
        ),
    ],
)
def test_wording_is_ready_to_publish_or_not_offered(rewrite: str, wording: str | None) -> None:
    assert wording_of(rewrite) == wording


def test_no_rule_of_the_rulebook_offers_an_unfinished_wording() -> None:
    rewrites = {rule.rewrite for rule in catalogue().rules}
    rewrites |= {lawful.rewrite for rule in catalogue().rules for lawful in rule.lawful}
    offered = {wording for wording in map(wording_of, rewrites) if wording}
    assert not [wording for wording in offered if "×" in wording or "请" in wording or "“" in wording]

"""What one press leaves of a text: no half sentence, no empty item, no Chinese words in an English sentence."""

import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fairs.vetting.mending import Mend, in_english, mended


@dataclass(frozen=True)
class Place:
    start: int
    end: int


def _pressed(text: str, clause: str, wording: str, english: str | None = None) -> str:
    places = [Place(*hit.span()) for hit in re.finditer(re.escape(clause), text)]
    mend = mended(text, places, wording, english)
    assert mend is not None
    assert mend.quote == text[mend.start : mend.end]
    return text[: mend.start] + mend.words + text[mend.end :]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("会英语，形象好，会开车。", "会英语，会开车。"),
        ("会英语、形象好，会开车。", "会英语，会开车。"),
        ("会英语；形象好，会开车。", "会英语；会开车。"),
        ("会英语，形象好；会开车。", "会英语；会开车。"),
        ("会英语，形象好。", "会英语。"),
        ("会英语， 形象好 。", "会英语。"),
        ("会英语，形象好", "会英语"),
        ("形象好，会英语。", "会英语。"),
        ("会英语。形象好，会开车。", "会英语。会开车。"),
        ("会英语。形象好。会开车。", "会英语。会开车。"),
        ("要求：形象好，会英语。", "要求：会英语。"),
        ("会英语形象好，会开车", "会英语，会开车"),
        ("会英语，形象好者优先", "会英语，者优先"),
        ("市场专员（形象好）", "市场专员"),
        ("专员（形象好，会英语）", "专员（会英语）"),
        ("专员（会英语，形象好）", "专员（会英语）"),
        ("4. 会英语\n5. 形象好\n6. 会开车", "4. 会英语\n6. 会开车"),
        ("4. 会英语\n5. 形象好", "4. 会英语"),
        ("5. 形象好", ""),
        ("形象好", ""),
        ("6. 形象好，沟通好\n7. 会开车", "6. 沟通好\n7. 会开车"),
        ("6. 沟通好，形象好，\n7. 会开车", "6. 沟通好，\n7. 会开车"),
        ("6. 沟通好，形象好\n7. 会开车", "6. 沟通好\n7. 会开车"),
        ("7. 会英语。\n8. 形象好。\n9. 会开车。", "7. 会英语。\n9. 会开车。"),
        ("7、会英语；8、形象好；9、会开车。", "7、会英语；9、会开车。"),
        ("7、会英语；8、形象好。", "7、会英语。"),
        ("(1) 形象好；\n(2) 会开车。", "(2) 会开车。"),
        ("- 会英语\n- 形象好\n", "- 会英语\n"),
        ("面貌：形象好\n会英语", "会英语"),
        ("要求：形象好；会英语。", "要求：会英语。"),
        ("要求：形象好。会英语。", "要求：会英语。"),
        ("形象好，会英语，形象好。", "会英语。"),
        ("1. 形象好\n2. 形象好\n3. 会英语", "3. 会英语"),
    ],
)
def test_a_deleted_clause_leaves_no_debris(text: str, left: str) -> None:
    assert _pressed(text, "形象好", "") == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bachelor, under 35, good English.", "Bachelor, any age, good English."),
        ("under 35, good English", "Any age, good English"),
        ("1. Under 35.\n2. under 35", "1. Under 35.\n2. Any age"),
        ("本科，under 35，会英语。", "本科，年龄不限，会英语。"),
        ("会英语。\nGood English (CET-6), under 35.", "会英语。\nGood English (CET-6), any age."),
    ],
)
def test_the_wording_is_in_the_language_of_its_sentence(text: str, left: str) -> None:
    assert _pressed(text, "under 35", "年龄不限", "Any age") == left


def test_chinese_words_in_a_sentence_of_names_stay_chinese() -> None:
    text = "会 Python、Kubernetes、PostgreSQL，35岁以下。"
    assert _pressed(text, "35岁以下", "年龄不限", "Any age") == text.replace("35岁以下", "年龄不限")
    assert not in_english(text, 0, 1)
    # without an English form there is only the Chinese one
    assert _pressed("Bachelor, under 35.", "under 35", "年龄不限") == "Bachelor, 年龄不限."
    assert _pressed("Bachelor, good looks, SQL.", "good looks", "着装整洁", "") == "Bachelor, SQL."


def test_a_wording_for_a_whole_clause_takes_all_of_it_once() -> None:
    fee = "招聘、入职、培训全程不收取任何费用"
    assert _pressed("2. 入职交押金500元，会英语。", "押金", fee) == f"2. {fee}，会英语。"
    assert _pressed("交押金退押金。会英语。", "押金", fee) == f"{fee}。会英语。"
    english = "Nothing is charged for recruitment, joining or training"
    assert _pressed("You pay a deposit of 50. SQL.", "deposit", fee, english) == f"{english}. SQL."


def test_nothing_to_mend() -> None:
    assert mended("会英语", [], "") is None
    assert mended("😀限男性", [Place(1, 4)], "性别不限") == Mend(1, 4, "限男性", "性别不限")


@given(
    some.text("a 好，、；。.1\n（）:："),
    some.text("a 好，。\n1.、；（）"),
    some.sampled_from(["", "年龄不限"]),
)
def test_only_separators_brackets_and_numbers_go_along(before: str, after: str, wording: str) -> None:
    text = f"{before}限男{after}"
    mend = mended(text, [Place(len(before), len(before) + 2)], wording)
    assert mend is not None
    assert mend.start <= len(before) < len(before) + 2 <= mend.end
    taken = mend.quote.replace("限男", "", 1)
    assert not set(taken) - set(" 　\t\n，、；。.：:（）1") or re.fullmatch(
        r".*[a好 ]{1,12}[：:]\s*", text[mend.start : len(before)]
    )

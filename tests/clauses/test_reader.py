"""The second reader: how it learns, what it passes over, what it says of words that no rule names."""

import numpy as np
import pytest

from fairs.clauses.accuracy import Labelled, Mark
from fairs.clauses.descent import Floats, lowest
from fairs.clauses.engine import check
from fairs.clauses.lessons.writing import FaultyLesson, written
from fairs.clauses.reader import Reader, reader
from fairs.clauses.training import from_lines, from_text, learn, lines_of

WRITTEN = """\
# a comment
who = 外地户口|外县户籍|农村户口|集体户口
away = 先不收|就不约了|请绕行|这次不考虑
* 12
+ household_registration
{who}(的同学|的|)?{away}
-
{who}的同学(都行|也欢迎|不限)
(熟悉|负责)(报表|巡检|排班)
""".splitlines()


def test_written_clauses_deal_every_word_before_it_comes_again() -> None:
    clauses = [one.text for one in written(WRITTEN) if one.category]
    assert all(
        any(who in text for text in clauses) for who in ("外地户口", "外县户籍", "农村户口", "集体户口")
    )
    assert list(written(WRITTEN)) == list(written(WRITTEN))
    assert {one.category for one in written(WRITTEN)} == {"household_registration", None}


@pytest.mark.parametrize("line", ["{nobody}先不收", "(外地|本地", "{who"])
def test_a_faulty_line_is_named(line: str) -> None:
    with pytest.raises(FaultyLesson, match="line 1"):
        list(written([line]))


def test_the_same_lessons_give_the_same_weights_and_a_reader_that_tells_them_apart() -> None:
    lessons = list(from_lines(WRITTEN)) * 3
    lines = list(lines_of(learn(lessons)))
    assert lines == list(lines_of(learn(lessons)))
    found = Reader(lines, glanced=-9).read(
        "福利好,集体户口的同学请绕行。农村户口的同学也欢迎", [], doubtful=-1
    )
    assert [one.category for one in found] == ["household_registration"]
    assert found[0].start >= 4
    assert "".join(found[0].moved) in "集体户口的同学请绕行" or len(found[0].moved) > 1


def test_a_window_that_holds_half_of_the_marked_words_says_nothing_about_them() -> None:
    text = "外地的，这次先不收。五险一金"
    lessons = {
        one.text[one.window.start : one.window.end]: one
        for one in from_text(Labelled(text, [Mark("household_registration", "block", 0, 9)]))
    }
    assert lessons["外地的,这次先不收"].breaks == {"household_registration"}
    assert lessons["这次先不收"].unsaid == {"household_registration"}
    assert not lessons["五险一金"].breaks | lessons["五险一金"].unsaid


def test_the_lowest_point_is_found() -> None:
    target = np.linspace(-3, 5, 40)
    stretch = np.linspace(1, 90, 40)

    def valley(at: Floats) -> tuple[float, Floats]:
        return float((stretch * (at - target) ** 2).sum()), 2 * stretch * (at - target)

    assert np.allclose(lowest(valley, np.zeros(40), 200), target, atol=1e-2)


ORDINARY = "负责设备巡检并形成记录；本科及以上学历，机械相关专业；五险一金，双休。工作地点：高新区"


def test_ordinary_words_are_passed_over() -> None:
    assert reader().read(ORDINARY, []) == []


# Nothing here stands in the lessons word for word.
UNSEEN = [
    ("household_registration", "外县户籍的小伙伴本轮就不约面试了"),
    ("zodiac_blood", "射手座和天蝎座的朋友请移步别家"),
    ("document_withholding", "护照原件先放在车队办公室，跑满一年再拿"),
    ("marital_childbearing", "签约后两年内暂缓备孕"),
]


@pytest.mark.parametrize(("category", "text"), UNSEEN)
def test_words_that_resemble_a_category_are_found_with_what_moved_them(category: str, text: str) -> None:
    found = reader().read(text, [])
    assert [one.category for one in found] == [category]
    assert found[0].moved
    assert all(word in text.replace("，", ",") for word in found[0].moved)
    assert reader().read(text, [(0, len(text))]) == []


def test_the_engine_tells_what_resembles_a_category_and_what_moved_it() -> None:
    text = "岗位：仓管。" + "；".join(text for _, text in UNSEEN)
    read = [one for one in check(text) if one.rule.startswith("reader.")]
    assert all(text[one.start : one.end] == one.quote for one in read)
    assert all("请核对：“" in one.basis and one.rewrite for one in read)
    assert not any(one.rule.startswith("reader.") for one in check(text, rules_only=True))
    assert {one.category for one in check(text)} >= {one.category for one in check(text, rules_only=True)}


def test_a_long_doubtful_text_is_read_to_its_end() -> None:
    text = "外县户籍的小伙伴本轮就不约面试了。" * 300
    assert len(reader().read(text, [])) == 300

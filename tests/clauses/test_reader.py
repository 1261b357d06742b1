"""The second reader: how it learns, what it passes over, what it says of words that no rule names."""

import numpy as np
import pytest

from fairs.clauses.accuracy import Labelled, Mark
from fairs.clauses.descent import Floats, lowest
from fairs.clauses.engine import check
from fairs.clauses.lessons.writing import FaultyLesson, written
from fairs.clauses.lexicon import Lexicon, of_rulebook
from fairs.clauses.lexicon import lines_of as lines_of_lexicon
from fairs.clauses.lexicon import read as read_lexicon
from fairs.clauses.reader import Reader, reader
from fairs.clauses.rules import Severity
from fairs.clauses.training import from_lines, from_text, learn, lines_of
from fairs.clauses.traits import Window, apart, places, traits

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


WORDS = Lexicon({"men": ("gender.person",), "外地": ("nonlocal", "region"), "不收": ("refuse",)})


def test_words_belong_to_terms_but_parts_of_latin_words_do_not() -> None:
    assert WORDS.hits("外地的不收") == [("nonlocal", 0, 2), ("region", 0, 2), ("refuse", 3, 5)]
    assert WORDS.hits("men only, no women, no menu") == [("gender.person", 0, 3)]
    again = read_lexicon(lines_of_lexicon({"外地": ("nonlocal", "region")}))
    assert again.hits("外地") == [("nonlocal", 0, 2), ("region", 0, 2)]


def test_the_rulebook_gives_its_terms_their_words() -> None:
    words = of_rulebook()
    assert "only" in words["仅限"]
    assert any(name.startswith("health_hbv_hiv.") for name in words["小三阳"])


def test_latin_words_are_one_sign_without_their_ending() -> None:
    found = traits("ladies preferred 3", Window(0, 18), WORDS).groups[""]
    assert {" ladi prefer", " prefer0", "0Z"} <= found
    assert ("0", 17, 18) in places("ladies preferred 3", WORDS)


def test_what_stands_beside_a_window_counts_and_a_refusal_tells_words_apart() -> None:
    found = traits("提醒,外地的不收。谨防", Window(3, 8), WORDS)
    assert found.groups["<"] == {"提醒", "醒,"}
    assert found.groups[">"] == {"。谨", "谨防"}
    assert {"外地", "#refuse"} <= found.groups["R"]
    assert "A外地" in found.groups[""] - found.groups["R"]
    assert all(
        apart(before + name) == (before, name) for before, names in found.groups.items() for name in names
    )


@pytest.mark.parametrize(
    "text",
    ["客服培训教材写明：遇到“只要本地户口”的简章先劝改。", "新闻稿校对，稿件涉及一家工厂收取培训押金被罚。"],
)
def test_a_mere_mention_that_a_rule_finds_becomes_advice_with_a_remark(text: str) -> None:
    (strict,) = check(text, rules_only=True)
    (weighed,) = check(text)
    assert strict.severity is Severity.BLOCK
    assert weighed.severity is Severity.ADVISE
    assert (weighed.rule, weighed.quote) == (strict.rule, strict.quote)
    assert "提及" in weighed.basis


def test_what_is_meant_stays_blocked() -> None:
    (finding,) = check("仓管员，只要本地户口，会开叉车。")
    assert finding.severity is Severity.BLOCK
    assert "提及" not in finding.basis

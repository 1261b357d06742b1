"""The plain form and the way back."""

from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.clauses.normalise import normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("限 男 生，本科", "限男生,本科"),
        ("限/男/生", "限男生"),
        ("９８５", "985"),
        ("9.8.5及以上", "985及以上"),
        ("9️⃣8️⃣5️⃣同学", "985同学"),
        ("𝟗𝟖𝟓", "985"),
        ("⑨⑧⑤", "985"),
        ("要求：①本科", "要求:;本科"),
        ("9\u200b8\u200b5", "985"),
        ("㊚优先", "男优先"),
        ("僅限女性", "仅限女性"),
        ("3 5 岁", "35岁"),
        ("３－５年", "3-5年"),
        ("2026.9.1", "2026.9.1"),
        ("1.女；", "1.女;"),
        ("C/C++ 与 Go", "c/c++ 与 go"),
        ("👨‍💻优先", "👨💻优先"),
        ("限男\ufe0f̶性", "限男性"),
        ("押jin三百", "押金三百"),
        ("c a n j i 人士", "残疾人士"),
        ("No one from Henan", "no one from henan"),
        ("邮箱 henan@example.com 投递", "邮箱 henan@example.com 投递"),
        ("限本县戶ロ", "限本县户口"),
    ],
)
def test_plain_form(text: str, plain: str) -> None:
    assert normalise(text).text == plain


def test_the_way_back_covers_accents_and_keycaps() -> None:
    text = "只看9️⃣8️⃣5️⃣"
    plain = normalise(text)
    assert plain.original(0, len(plain.text)) == (0, len(text))


def test_the_way_back_covers_a_word_spelt_in_latin_letters() -> None:
    text = "要求dan亲的别投"
    plain = normalise(text)
    begun = plain.text.index("单亲")
    assert plain.original(begun, begun + 2) == (2, 6)


def test_one_character_that_becomes_several_keeps_its_place() -> None:
    plain = normalise("约½岁")
    assert plain.original(1, 2) == (1, 2)


@given(st.text())
def test_every_plain_character_comes_from_its_place_in_order(text: str) -> None:
    plain = normalise(text)
    origins = [plain.original(at, at + 1) for at in range(len(plain.text))]
    assert all(0 <= start < end <= len(text) for start, end in origins)
    assert origins == sorted(origins, key=itemgetter(0))


@given(st.text(st.sampled_from("限男女生9850歲僅Ａａ，。：；（）“” _./-\n")))
def test_the_fast_and_the_careful_way_agree(text: str) -> None:
    assert normalise(text + "\u200b").text == normalise(text).text

"""Every Chinese text has its English, with the same places to fill; no catalogue keeps what nobody uses."""

import re

import pytest

from fairs.web import translations
from tests import texts

PLACES = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    catalogue: dict[str, str] = {}
    for message in translations.catalogue():
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        value = message.string[-1] if isinstance(message.string, tuple) else message.string
        catalogue[key] = value
    return catalogue


def test_every_text_has_its_english(english: dict[str, str]) -> None:
    wanted = {
        text: place for text, place in (texts.in_data() | texts.in_calls()).items() if CHINESE.search(text)
    }
    missing = {text: place for text, place in wanted.items() if not english.get(text)}
    assert missing == {}


def test_places_to_fill_are_the_same(english: dict[str, str]) -> None:
    odd = {
        text: value
        for text, value in english.items()
        if sorted(filter(None, sum(PLACES.findall(text), ())))
        != sorted(filter(None, sum(PLACES.findall(value), ())))
        and "num" not in text
    }
    assert odd == {}


def test_english_is_english(english: dict[str, str]) -> None:
    mixed = {value for value in english.values() if CHINESE.search(value) and "中文" not in value}
    assert mixed == set()

"""Languages and formats: simplified Chinese first, English second, times always Asia/Shanghai."""

from datetime import date, datetime
from typing import Any

from flask import Flask, request, session
from flask_babel import Babel, get_locale

from fairs.clock import campus
from fairs.errors import Named

LANGUAGES = {"zh": "zh_CN", "en": "en"}
_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def language() -> str:
    """The reader's language: chosen, else the browser's, else Chinese."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(["zh", "en"], "zh") if request else "zh"


def current() -> str:
    """The language in force, also outside requests: "zh" or "en"."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def when(at: datetime) -> str:
    """2026年11月21日 周六 14:00"""
    local = campus(at)
    weekday = _WEEKDAYS[current()][local.weekday()]
    if current() == "en":
        return f"{weekday} {local.day} {local:%b %Y, %H:%M}"
    return f"{local.year}年{local.month}月{local.day}日 {weekday} {local:%H:%M}"


def when_short(at: datetime) -> str:
    """11-21 周六 14:00, for tables."""
    local = campus(at)
    return f"{local:%m-%d} {_WEEKDAYS[current()][local.weekday()]} {local:%H:%M}"


def hour(at: datetime) -> str:
    """14:00 on campus."""
    return f"{campus(at):%H:%M}"


def day(value: date | datetime) -> str:
    """2026年11月21日 周六, of a date or of an instant's campus day."""
    value = campus(value).date() if isinstance(value, datetime) else value
    weekday = _WEEKDAYS[current()][value.weekday()]
    if current() == "en":
        return f"{weekday} {value.day} {value:%b %Y}"
    return f"{value.year}年{value.month}月{value.day}日 {weekday}"


def day_short(value: date | datetime) -> str:
    """11-21 周六, for narrow columns."""
    value = campus(value).date() if isinstance(value, datetime) else value
    return f"{value:%m-%d} {_WEEKDAYS[current()][value.weekday()]}"


def called(university: Any) -> str:
    """A university's name in the reader's language: the Chinese one where it has given no other."""
    english = university.name_en if current() == "en" else ""
    return str(english or university.name)


def in_words(name: str) -> str:
    """A name in the reader's language, if it is known in both."""
    english = name.english if isinstance(name, Named) and current() == "en" else ""
    return english or str(name)


def unit_beside(unit: str, label: str) -> str:
    """A unit beside its label: nothing where the label says it already, as English labels do."""
    return "" if label.casefold().endswith(unit.casefold()) else unit


def noun_of(noun: str, count: Any) -> str:
    """The noun after a number: an English one loses its plural after 1, a Chinese one has none."""
    if count != 1 or current() != "en":
        return noun
    if noun == "people":
        return "person"
    return f"{noun.removesuffix('ies')}y" if noun.endswith("ies") else noun.removesuffix("s")


def masked_phone(value: str | None) -> str:
    """138****5678"""
    return f"{value[:3]}****{value[-4:]}" if value and len(value) >= 8 else "****" if value else ""


def masked_name(value: str | None) -> str:
    """李*"""
    return f"{value[0]}{'*' * max(1, len(value) - 1)}" if value else ""


def masked_number(value: str | None) -> str:
    """2023****0142"""
    return f"{value[:4]}****{value[-4:]}" if value and len(value) > 8 else "****" if value else ""


def masked_mail(value: str | None) -> str:
    """w***@example.com"""
    return f"{value[0]}***@{value.split('@', 1)[1]}" if value and "@" in value else ""


FILTERS: dict[str, Any] = {
    "when": when,
    "when_short": when_short,
    "hour": hour,
    "day": day,
    "day_short": day_short,
    "called": called,
    "noun_of": noun_of,
    "in_words": in_words,
    "unit_beside": unit_beside,
    "masked_phone": masked_phone,
    "masked_name": masked_name,
    "masked_number": masked_number,
    "masked_mail": masked_mail,
}


def install(app: Flask) -> None:
    """Give the application its languages and template filters."""
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(app.extensions["settings"].instance / "translations")
    Babel(app, default_locale="zh_CN", locale_selector=lambda: LANGUAGES[language()])
    app.jinja_env.filters.update(FILTERS)
    app.add_template_global(current, "language")

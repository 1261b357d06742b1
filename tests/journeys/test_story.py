"""The story: from an empty month to the figures of a fair, by people in browsers of their own, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests import clocks
from tests.clocks import Clock
from tests.journeys import preparing, visiting
from tests.journeys.story import DAY, PLANNING, Story, found_campus

pytestmark = pytest.mark.journey


@pytest.fixture
def campus(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The day when the month is planned, by a clock that goes where the story goes."""
    ours = clocks.hung(monkeypatch)
    ours.goes_to(PLANNING)
    found_campus()
    return ours


@pytest.fixture
def story(
    app: Flask, browser: Browser, live: str, faults: list[str], campus: Clock, tmp_path: Path
) -> Iterator[Story]:
    told = Story(app, browser, live, faults, tmp_path)
    yield told
    for person in told.there:
        person.shows("last")
        person.leaves()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_the_story(story: Story, campus: Clock) -> None:
    preparing.the_officer_imports_the_students(story)
    preparing.the_officer_plans_a_month_with_a_fair(story)
    preparing.an_employer_registers_and_is_returned_once(story)
    preparing.the_employer_words_a_posting_lawfully(story)
    preparing.the_gates_are_signed_and_the_fair_opens(story)
    preparing.the_employer_gets_a_booth(story)
    visiting.the_student_books(story)
    visiting.the_calendar_and_the_reminders_arrive(story, campus)
    campus.goes_to(DAY)
    visiting.the_door_answers_everybody(story, campus)
    visiting.the_fair_page_counts(story)

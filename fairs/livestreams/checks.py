"""What is wrong with a stream as it was typed: asked field by field by forms, and by actions before they write."""

from fairs.livestreams import words
from fairs.livestreams.rules import check_link, check_time
from fairs.livestreams.times import Period
from fairs.programmes import queries as events
from fairs.programmes.models import Event


def check_when(event: Event, period: Period) -> None:
    """Raises PeriodInvalid, LiveLength, FarFromEvent."""
    check_time(period, [(day.starts_at, day.ends_at) for day in events.occurrences(event.id)])


def check_way(event: Event, url: str) -> None:
    """Raises LiveLink for what is no https address, LinkUnvetted for words that need judging."""
    check_link(url)
    words.check_link_words(url, event.university_id)

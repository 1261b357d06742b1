"""Public notices name what is forbidden; they forbid nothing to anybody who looks for work."""

from pathlib import Path

import pytest

from fairs.clauses.engine import check
from fairs.clauses.rules import Profile, Severity

NOTICES = sorted((Path(__file__).parent / "notices").glob("*.txt"))


def test_the_notices_are_there() -> None:
    assert len(NOTICES) == 5


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("employer_type", [None, "government"])
@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.stem)
def test_a_notice_gives_no_block_or_review(notice: Path, employer_type: str | None, profile: Profile) -> None:
    found = check(notice.read_text(encoding="utf-8"), "description", employer_type, profile)
    assert [(one.rule, one.quote) for one in found if one.severity is not Severity.ADVISE] == []

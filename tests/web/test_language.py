"""What language does to words and numbers."""

import pytest

from fairs.web.language import unit_beside


@pytest.mark.parametrize(
    ("label", "unit", "shown"),
    [
        ("参会单位", "家", "家"),
        ("Employers", "employers", ""),
        ("Live attendances", "attendances", ""),
        ("Booked", "attendances", "attendances"),
    ],
)
def test_a_unit_that_its_label_says_is_not_said_twice(label: str, unit: str, shown: str) -> None:
    assert unit_beside(unit, label) == shown

"""docs/rows.md: every file that a row of the requirements names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| ([SP]\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def test_the_files_of_each_row_are_there() -> None:
    text = (ROOT / "docs" / "rows.md").read_text("utf-8")
    rows = ROW.findall(text)
    assert len(rows) == text.count("\n| S") + text.count("\n| P") > 40
    named = [
        (row, folder, name)
        for row, where, tests in rows
        for folder, cell in (("fairs", where), ("tests", tests))
        for name in re.findall(r"`([^`]+)`", cell)
    ]
    assert [one for one in named if not (ROOT / one[1] / one[2]).is_file()] == []
    assert {row for row, folder, _name in named if folder == "tests"} == {row for row, *_rest in rows}

"""Texts as JSON lines, and the commands around them."""

import json

import pytest
from click.testing import CliRunner

from fairs.clauses.lines import BadLine, checked, numbered, parsed
from fairs.cli import vetting


def test_a_line_is_checked_with_its_own_employer_type() -> None:
    line = json.dumps({"id": 7, "text": "统招本科。", "employer_type": "state_owned", "field": None}).encode()
    result = json.loads(checked(line, "default"))
    assert (result["id"], result["findings"][0]["severity"]) == (7, "block")
    assert list(result["findings"][0]) == [
        "category",
        "severity",
        "start",
        "end",
        "quote",
        "rule",
        "basis",
        "rewrite",
    ]


def test_half_a_surrogate_pair_comes_back_escaped() -> None:
    written = checked(rb'{"id": "\ud800", "text": "x"}', "default")
    assert written == rb'{"id": "\ud800", "findings": []}'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"\xff{}", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a JSON object"),
        (b"{}", "no text"),
        (b'{"text": 5}', "no text"),
        (b'{"text": "", "field": []}', "field is not a string"),
    ],
)
def test_a_bad_line_says_why(line: bytes, reason: str) -> None:
    with pytest.raises(BadLine, match=reason):
        parsed(line)


def test_a_byte_order_mark_belongs_to_no_line() -> None:
    assert list(numbered([b"\xef\xbb\xbfa", b"\xef\xbb\xbfb"])) == [(1, b"a"), (2, b"\xef\xbb\xbfb")]


def test_check_goes_on_after_a_bad_line_and_ends_with_status_1() -> None:
    lines = '{"id": 1, "text": "35岁以下"}\nnonsense\n{"id": 2, "text": "本科"}\n'
    result = CliRunner().invoke(vetting, ["check", "--profile", "campus_strict", "-"], input=lines)
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["findings"][0]["severity"], second) == ("block", {"id": 2, "findings": []})
    assert result.stderr.startswith("line 2: not JSON")
    assert result.exit_code == 1


def test_evaluate_measures_the_chosen_part() -> None:
    label = {"category": "gender", "severity": "block", "start": 0, "end": 3}
    lines = "\n".join(
        json.dumps(one) for one in [{"text": "限女性", "labels": [label]}, {"text": "限男性", "labels": []}]
    )
    kept = CliRunner().invoke(vetting, ["evaluate", "--hold-out", "2", "-"], input=lines)
    held = CliRunner().invoke(vetting, ["evaluate", "--hold-out", "2", "--held", "-"], input=lines)
    assert "precision 1.000 (1/1) recall 1.000 (1/1)" in kept.stdout
    assert "with false alarm 1" in held.stdout

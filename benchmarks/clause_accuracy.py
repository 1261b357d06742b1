"""Print precision and recall of the clause engine on labelled texts kept outside the repository.

usage: python -m benchmarks.clause_accuracy LABELLED.jsonl [--hold-out 3] [--held] [--misses]

Each line: {"text", "field", "labels": [{"category", "start", "end", ...}], "exceptions": [...]}. With
``--hold-out N`` lines whose number N divides are left out, so that rules are never tuned on them; ``--held``
measures just those. The class balance of such a file is artificial: precision on it is not precision in the field.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fairs.clauses.accuracy import Labelled, evaluate
from fairs.clauses.catalogue import CATALOGUE
from fairs.clauses.engine import RULEBOOK_VERSION, check
from fairs.clauses.rules import Finding


def lines(path: Path, hold_out: int, *, held: bool) -> Iterator[dict[str, Any]]:
    """The labelled texts of the chosen part of the file."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not hold_out or (number % hold_out == 0) is held:
            yield json.loads(line)


def spans(labels: list[dict[str, Any]]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Marked spans by category."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for label in labels:
        found[label["category"]] = (*found.get(label["category"], ()), (label["start"], label["end"]))
    return found


def report_misses(item: dict[str, Any], findings: tuple[Finding, ...], categories: list[str]) -> None:
    """Print what was missed (-), found without a label (+), or found with another severity (~)."""
    labels = [label for label in item["labels"] if label["category"] in categories]
    for label in labels:
        hits = [
            f
            for f in findings
            if f.category == label["category"] and f.start < label["end"] and label["start"] < f.end
        ]
        if not hits:
            print("-", label["category"], label["quote"], "|", item["text"])
        elif label["severity"] not in {hit.severity.value for hit in hits}:
            print("~", hits[0].rule, label["severity"], hits[0].severity, hits[0].quote, "|", item["text"])
    for one in findings:
        marked = labels + (item.get("exceptions", []) if one.severity == "advise" else [])
        if not any(
            m["category"] == one.category and one.start < m["end"] and m["start"] < one.end for m in marked
        ):
            print("+", one.rule, one.severity, one.quote, "|", item["text"])


def main() -> None:
    """Read, check, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--hold-out", type=int, default=0)
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    categories = sorted({rule.category.value for rule in CATALOGUE.rules})
    results = []
    for item in lines(chosen.path, chosen.hold_out, held=chosen.held):
        findings = check(item["text"], item["field"])
        results.append((Labelled(spans(item["labels"]), spans(item.get("exceptions", []))), findings))
        if chosen.misses:
            report_misses(item, findings, categories)
    print(f"rulebook {RULEBOOK_VERSION}, {len(results)} texts")
    for category, score in evaluate(results, categories).items():
        print(
            f"{category:24} precision {score.precision:.3f} ({score.right}/{score.found})"
            f"  recall {score.recall:.3f} ({score.reached}/{score.marked})"
        )


if __name__ == "__main__":
    main()

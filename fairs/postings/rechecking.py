"""Reading again what is shown, after the rules have changed (S36): keyset pages, each distinct text once."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from datetime import datetime
from multiprocessing import get_context
from typing import Any

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clauses import catalogue
from fairs.database import db, transaction
from fairs.postings import shelves
from fairs.postings.changes import BEGINS_AS, ChangeKind, ChangeState, Comparison, Mark, compared
from fairs.postings.models import RuleChange
from fairs.postings.reading import Reading, marks_of
from fairs.postings.shelves import Shelf, Text
from fairs.postings.takedowns import put_again
from fairs.tasks.registry import Progress
from fairs.vetting.models import Finding
from fairs.vetting.rules import WAITING

BATCH = 2000
"""Texts read in one transaction: some tenths of a second, so that officers and employers wait for none."""
REMEMBERED = 200_000
"""Distinct texts whose marks are kept to save reading them again; memory stays bounded beyond."""


@dataclass
class Run:
    """One re-check of a university: how far it is, what it found, and which texts it has read already.

    ``shelf`` is the kind of text that is being read, ``after`` the key of the last one.
    """

    university_id: int
    shelf: str = ""
    after: int = 0
    figures: Counter[str] = field(default_factory=Counter)
    known: dict[bytes, tuple[Mark, ...]] = field(default_factory=dict)

    def checkpoint(self) -> dict[str, Any]:
        """From where to go on."""
        return {"shelf": self.shelf, "after": self.after, "figures": dict(self.figures)}


def recheck(
    run: Run, progress: Progress, now: datetime, *, pool: Executor | None = None, batch: int = BATCH
) -> dict[str, Any]:
    """Read everything that is shown and was last read by other rules; what changed is written down.

    Goes on from the run's checkpoint; ``pool`` shares the reading of texts out to other processes. Raises
    Stopped between two batches if somebody asked.
    """
    total = run.figures["examined"] + shelves.waiting(run.university_id, now)
    progress.report(run.figures["examined"], total)
    for shelf in shelves.from_on(run.shelf):
        if shelf.kind != run.shelf:
            run.shelf, run.after = shelf.kind.value, 0
        while texts := _page(shelf, run, now, batch):
            _settle(shelf, run, _read(run, texts, pool), progress, now)
            progress.report(run.figures["examined"], total)
    figures = {str(name): run.figures[name] for name in ("examined", *ChangeKind)}
    return figures | {"page": "postings.rule_changes"}


def _page(shelf: Shelf, run: Run, now: datetime, batch: int) -> list[Text]:
    """The next texts after the last one."""
    texts = shelf.page(run.university_id, run.after, batch, now)
    db.session.rollback()  # reading ends here: no snapshot is held while the texts are read
    return texts


def _read(run: Run, texts: Iterable[Text], pool: Executor | None) -> list[tuple[Text, tuple[Mark, ...]]]:
    """The texts with their marks; equal texts are read once."""
    if len(run.known) > REMEMBERED:
        run.known.clear()
    keys = [(text, digest(text.reading)) for text in texts]
    fresh = {key: text.reading for text, key in keys if key not in run.known}
    readings = list(fresh.values())
    found = list(pool.map(marks_of, readings, chunksize=100)) if pool else [marks_of(one) for one in readings]
    run.known.update(zip(fresh, found, strict=True))
    return [(text, run.known[key]) for text, key in keys]


def digest(reading: Reading) -> bytes:
    """Equal for equal texts that are read the same way."""
    plain = repr((reading.text, reading.employer_type, reading.profile))
    return hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=16).digest()


@transaction
def _settle(
    shelf: Shelf,
    run: Run,
    read: Sequence[tuple[Text, tuple[Mark, ...]]],
    progress: Progress,
    now: datetime,
) -> None:
    """Write down what changed in these texts, take down what now blocks, remember how far the work is."""
    texts = [text for text, _marks in read]
    before = _stored([text.case_id for text in texts if text.case_id is not None])
    for text, marks in read:
        earlier = before[text.case_id] if text.case_id is not None else []
        difference = compared(earlier, marks)
        if difference is not None:
            _change(shelf, run, text, difference, now)
    shelf.mark(texts)
    run.after = texts[-1].key
    run.figures["examined"] += len(texts)
    progress.keep(run.checkpoint())


def _stored(case_ids: Sequence[int]) -> defaultdict[int, list[Mark]]:
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for one in db.session.scalars(sa.select(Finding).where(Finding.case_id.in_(case_ids))):
        place = (one.field, one.start, one.end, one.category)
        found[one.case_id].append(Mark(*place, one.severity.value, one.rule, one.quote))
    return found


def _change(shelf: Shelf, run: Run, text: Text, difference: Comparison, now: datetime) -> None:
    subject = shelf.held(text)
    if subject is None:
        return
    case = shelf.case_of(text, now)
    waits = (
        case.state in WAITING
    )  # words that nobody had to judge so far: an officer judges them in the queue
    change = RuleChange(
        university_id=run.university_id,
        publication_id=text.publication_id,
        case_id=case.id,
        new_case_id=case.id if waits else None,
        rulebook_version=catalogue.version(),
        kind=difference.kind,
        findings={"marks": [asdict(mark) for mark in difference.marks]},
        state=ChangeState.KEPT if waits else BEGINS_AS[difference.kind],
        found_at=now,
    )
    db.session.add(change)
    db.session.flush()
    run.figures[difference.kind.value] += 1
    detail = {"kind": difference.kind.value, "rulebook": catalogue.version()}
    audit.record("found_rule_change", subject, by=None, university_id=run.university_id, now=now, **detail)
    if difference.kind is ChangeKind.BLOCKED:
        put_again(change, by=None, now=now)


def several(workers: int) -> AbstractContextManager[Executor | None]:
    """Processes that read texts beside this one; with one worker there is none."""
    if workers < 2:
        return nullcontext()
    # forked workers would share this process's database connections
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))

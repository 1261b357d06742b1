"""Reading again what is shown, after the rules have changed (S36): keyset pages, each distinct text once."""

import hashlib
import json
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
from fairs.database import db, lock, transaction
from fairs.postings.changes import BEGINS_AS, ChangeKind, Comparison, Mark, compared
from fairs.postings.models import Posting, PostingPublication, RuleChange
from fairs.postings.reading import Reading, marks_of
from fairs.postings.takedowns import put_again
from fairs.tasks.registry import Progress
from fairs.vetting.models import Decision, Finding, VettingCase

BATCH = 2000
"""Texts read in one transaction: some tenths of a second, so that officers and employers wait for none."""


@dataclass(frozen=True)
class _Text:
    """A text that is shown: where, by which case, and what was found in it then."""

    publication_id: int
    posting_id: int
    case_id: int
    reading: Reading


@dataclass
class Run:
    """One re-check of a university: how far it is, what it found, and which texts it has read already."""

    university_id: int
    after: int = 0
    figures: Counter[str] = field(default_factory=Counter)
    known: dict[bytes, tuple[Mark, ...]] = field(default_factory=dict)

    def checkpoint(self) -> dict[str, Any]:
        """From where to go on."""
        return {"after": self.after, "figures": dict(self.figures)}


def waiting(university_id: int, now: datetime) -> int:
    """How many shown texts the rules in force have not read yet."""
    return (
        db.session.scalar(sa.select(sa.func.count()).select_from(_shown(university_id, now).subquery())) or 0
    )


def _shown(university_id: int, now: datetime) -> sa.Select[Any]:
    return (
        sa.select(
            PostingPublication.id.label("publication_id"),
            PostingPublication.posting_id,
            VettingCase.id.label("case_id"),
            VettingCase.text,
            VettingCase.employer_type,
            VettingCase.profile,
        )
        .join(Decision, Decision.id == PostingPublication.decision_id)
        .join(VettingCase, VettingCase.id == Decision.case_id)
        .where(
            PostingPublication.university_id == university_id,
            PostingPublication.taken_down_at.is_(None),
            PostingPublication.until_at > now,
            sa.func.coalesce(VettingCase.checked_version, VettingCase.rulebook_version)
            != catalogue.version(),
        )
    )


def recheck(
    run: Run, progress: Progress, now: datetime, *, pool: Executor | None = None, batch: int = BATCH
) -> dict[str, Any]:
    """Read everything that is shown and was last read by other rules; what changed is written down.

    Goes on from the run's checkpoint; ``pool`` shares the reading of texts out to other processes. Raises
    Stopped between two batches if somebody asked.
    """
    total = run.figures["examined"] + waiting(run.university_id, now)
    progress.report(run.figures["examined"], total)
    while texts := _page(run, now, batch):
        _read(run, texts, pool)
        _settle(run, texts, progress, now)
        progress.report(run.figures["examined"], total)
    figures = {str(name): run.figures[name] for name in ("examined", *ChangeKind)}
    return figures | {"page": "postings.rule_changes"}


def _page(run: Run, now: datetime, batch: int) -> list[_Text]:
    """The next texts after the last one; a page is found by its key, however many there are."""
    chosen = _shown(run.university_id, now).where(PostingPublication.id > run.after)
    rows = db.session.execute(chosen.order_by(PostingPublication.id).limit(batch)).all()
    db.session.rollback()  # reading ends here: no snapshot is held while the texts are read
    return [
        _Text(row[0], row[1], row[2], Reading(tuple(sorted(row[3].items())), row[4], row[5])) for row in rows
    ]


def _read(run: Run, texts: Iterable[_Text], pool: Executor | None) -> None:
    """Put the marks of each text that is new into ``run.known``."""
    fresh: dict[bytes, Reading] = {}
    for text in texts:
        key = digest(text.reading)
        if key not in run.known:
            fresh[key] = text.reading
    readings = list(fresh.values())
    found = list(pool.map(marks_of, readings, chunksize=100)) if pool else [marks_of(one) for one in readings]
    run.known.update(zip(fresh, found, strict=True))


def digest(reading: Reading) -> bytes:
    """Equal for equal texts that are read the same way."""
    plain = json.dumps(asdict(reading), ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(plain.encode(), digest_size=16).digest()


@transaction
def _settle(run: Run, texts: Sequence[_Text], progress: Progress, now: datetime) -> None:
    """Write down what changed in these texts, take down what now blocks, remember how far the work is."""
    before = _stored([text.case_id for text in texts])
    for text in texts:
        difference = compared(before[text.case_id], run.known[digest(text.reading)])
        if difference is not None:
            _change(run, text, difference, now)
    numbers = [text.case_id for text in texts]
    mark = (
        sa.update(VettingCase).where(VettingCase.id.in_(numbers)).values(checked_version=catalogue.version())
    )
    db.session.execute(mark.execution_options(synchronize_session=False))
    run.after = texts[-1].publication_id
    run.figures["examined"] += len(texts)
    progress.keep(run.checkpoint())


def _stored(case_ids: Sequence[int]) -> defaultdict[int, list[Mark]]:
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for one in db.session.scalars(sa.select(Finding).where(Finding.case_id.in_(case_ids))):
        place = (one.field, one.start, one.end, one.category)
        found[one.case_id].append(Mark(*place, one.severity.value, one.rule, one.quote))
    return found


def _change(run: Run, text: _Text, difference: Comparison, now: datetime) -> None:
    posting = lock(Posting, text.posting_id)
    publication = lock(PostingPublication, text.publication_id)
    if publication.taken_down_at is not None:
        return
    change = RuleChange(
        university_id=run.university_id,
        publication_id=publication.id,
        case_id=text.case_id,
        rulebook_version=catalogue.version(),
        kind=difference.kind,
        findings={"marks": [asdict(mark) for mark in difference.marks]},
        state=BEGINS_AS[difference.kind],
        found_at=now,
    )
    db.session.add(change)
    db.session.flush()
    run.figures[difference.kind.value] += 1
    detail = {"kind": difference.kind.value, "rulebook": catalogue.version()}
    audit.record("found_rule_change", posting, by=None, university_id=run.university_id, now=now, **detail)
    if difference.kind is ChangeKind.BLOCKED:
        put_again(change, by=None, now=now)


def several(workers: int) -> AbstractContextManager[Executor | None]:
    """Processes that read texts beside this one; with one worker there is none."""
    if workers < 2:
        return nullcontext()
    # forked workers would share this process's database connections
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))

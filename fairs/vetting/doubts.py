"""A text as a whole: why to look twice at it, and who else uses nearly the same words (S37, P5, P7).

Nothing here refuses a text: reasons are frozen with the case, and an officer judges.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from fairs.clauses.documents import Remark, RemarkKind
from fairs.clauses.duplicates import Posted, alike_among, bands
from fairs.database import db
from fairs.employers.models import Employer
from fairs.vetting.models import Likeness, TextBand, VettingCase

FOUND_MOST = 800
"""Entries of the index that are looked at for a new text, the newest first."""
COMPARED_MOST = 20
"""Texts that are then compared word by word."""
COMPARED_LONGEST = 20_000
"""Characters."""


@dataclass(frozen=True)
class Statute:
    """By what law an author keeps a clause that should go, and the kept file that shows it."""

    ground: str
    file_id: int


@dataclass(frozen=True)
class Whole:
    """Under whose name a text goes, what is remarkable about it as a whole, and why its author keeps a clause.

    ``compared``: with other employers' texts; a title and a few lines are too short to tell anything.
    """

    employer: Employer
    remarks: tuple[Remark, ...] = ()
    statute: Statute | None = None
    compared: bool = True


def put_down(case: VettingCase, whole: Whole | None) -> None:
    """Write to a new case what belongs to its text as a whole. Inside an action."""
    if whole is not None:
        if whole.statute is not None:
            case.ground, case.ground_file_id = whole.statute.ground.strip(), whole.statute.file_id
        case.employer_id = whole.employer.id
        case.remarks = [asdict(one) | {"params": dict(one.params)} for one in whole.remarks]
        case.doubts = len(whole.remarks)


def put_again(case: VettingCase, before: VettingCase) -> None:
    """The next round of a text has what the last one had. Inside an action."""
    case.employer_id, case.remarks, case.doubts = before.employer_id, before.remarks, before.doubts


def compare(case: VettingCase, whole: Whole) -> None:
    """Look for texts like this one under other employers, and keep its own keys. Inside an action.

    A text that is very long is not compared: a brochure of many pages is looked at by itself.
    """
    posted = _posted(case, whole.employer.legal_name)
    if len(posted.text) > COMPARED_LONGEST:
        return
    keys = bands(posted)
    others = _others(case, keys)
    texts = [_posted(other, name) for other, name in others]
    for pair in alike_among(posted, texts):
        number, share = int(pair.other), round(100 * pair.share)
        db.session.add(Likeness(case_id=case.id, other_id=number, share=share))
        db.session.add(Likeness(case_id=number, other_id=case.id, share=share))
    if keys:
        own = {"case_id": case.id, "university_id": case.university_id}
        db.session.execute(sa.insert(TextBand), [own | {"key": key} for key in keys])
    db.session.flush()


def _posted(case: VettingCase, company: str) -> Posted:
    words = "\n".join(str(case.text[name]) for name in sorted(case.text) if name != "title")
    return Posted(str(case.id), company, words)


def _others(case: VettingCase, keys: Sequence[int]) -> list[tuple[VettingCase, str]]:
    """The texts of other employers that share most keys, with their employers' names."""
    newest = (
        sa.select(TextBand.case_id)
        .join(VettingCase, VettingCase.id == TextBand.case_id)
        .where(
            TextBand.university_id == case.university_id,
            TextBand.key.in_(keys),
            VettingCase.employer_id != case.employer_id,
        )
        .order_by(TextBand.case_id.desc())
        .limit(FOUND_MOST)
    )
    shared = Counter(db.session.scalars(newest)) if keys else Counter()
    likely = [number for number, _keys in shared.most_common(COMPARED_MOST)]
    if not likely:
        return []
    chosen = (
        sa.select(VettingCase, Employer.legal_name)
        .join(Employer, Employer.id == VettingCase.employer_id)
        .where(VettingCase.id.in_(likely))
    )
    return [(row[0], row[1]) for row in db.session.execute(chosen)]


@dataclass(frozen=True)
class Twin:
    """Another employer's text that is nearly the same, in percent."""

    case: VettingCase
    employer: str
    share: int


def twins(case: VettingCase, most: int = COMPARED_MOST) -> list[Twin]:
    """Nearly the same text under other employers at the same university, the likest first.

    Of several versions of a text the likest is named. A text that is put before the university again is as like
    as it was: its earlier round is asked too.
    """
    rounds = sa.select(VettingCase.id).where(
        VettingCase.subject_kind == case.subject_kind,
        VettingCase.subject_id == case.subject_id,
        VettingCase.revision_no == case.revision_no,
        VettingCase.university_id == case.university_id,
    )
    chosen = (
        sa.select(VettingCase, Employer.legal_name, Likeness.share)
        .join(Likeness, Likeness.other_id == VettingCase.id)
        .join(Employer, Employer.id == VettingCase.employer_id)
        .where(Likeness.case_id.in_(rounds))
        .order_by(Likeness.share.desc(), VettingCase.id.desc())
        .limit(most)
    )
    found = [Twin(*row) for row in db.session.execute(chosen)]
    by_subject = {(twin.case.subject_kind, twin.case.subject_id): twin for twin in reversed(found)}
    return sorted(by_subject.values(), key=lambda twin: (-twin.share, twin.case.id))


def remarks_of(case: VettingCase) -> list[Remark]:
    """The remarks that were frozen with a case."""
    return [
        Remark(RemarkKind(one["kind"]), one["reason"], one["basis"], one["params"]) for one in case.remarks
    ]

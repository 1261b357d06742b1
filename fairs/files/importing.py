"""The pages that every import has: template, upload, preview with confirmation, sheet of faults.

A feature describes its import once (``Importing``) and calls ``add_import``; the views are then
``<blueprint>.template``, ``.upload``, ``.preview`` and ``.faults``. Reference: docs/pages.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask import Blueprint, redirect, render_template, request, url_for

from fairs import clock
from fairs.accounts import access
from fairs.files import queries
from fairs.files.answers import sheet_answer
from fairs.files.faults import fault_sheet
from fairs.files.forms import PreviewForm, SheetForm
from fairs.files.imports import Plan, Words, preview_of
from fairs.files.models import File
from fairs.files.rules import FilePurpose
from fairs.files.sheets import Column
from fairs.files.templates import template_xlsx
from fairs.institutions.models import University
from fairs.web.forms import status_of, submitted


class HandIn(Protocol):
    """Keeps a filled-in template for its preview. Raises a refusal for what is no such template."""

    def __call__(self, content: bytes, name: str, *, by: int, university_id: int, now: datetime) -> File: ...


class Begun(Protocol):
    """The task that carries an import out; tasks lie beside this feature, so it is known by its id only."""

    @property
    def public_id(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """What an officer confirmed: which sheet, for whom, by whom, and the fingerprint of what was shown."""

    file_id: int
    university_id: int
    by: int
    shown: str


@dataclass(frozen=True, kw_only=True)
class Importing:
    """What differs between imports.

    ``path`` is the address of the list that is imported into, ``names`` (sheet, template file). ``begin`` queues the
    task that carries the plan out; ``words`` tells how the preview shows each field of a row.
    """

    path: str
    names: tuple[str, str]
    columns: Sequence[Column]
    headings: Sequence[str]
    form: type[PreviewForm]
    pages: tuple[str, str]
    """Templates of the upload and of the preview."""
    hand_in: HandIn
    plan: Callable[[File, University], Plan]
    words: Callable[[University], Words]
    begin: Callable[[Any, Confirmed, datetime], Begun]
    guard: Callable[[Callable[..., Any]], Callable[..., Any]] = access.office
    """Who may import: a mark of ``accounts.access``."""
    home: str = ""
    """The endpoint of the list that is imported into, for pages shared by several imports."""


def add_import(bp: Blueprint, kind: Importing) -> None:
    """Give ``bp`` the four pages of an import, for whom its guard lets in."""
    pages = _Pages(bp.name, kind)
    ways = (
        ("template", f"{kind.path}/template.xlsx", pages.template, ("GET",)),
        ("upload", f"{kind.path}/import", pages.upload, ("GET", "POST")),
        ("preview", f"{kind.path}/import/<file>", pages.preview, ("GET", "POST")),
        ("faults", f"{kind.path}/import/<file>/errors.xlsx", pages.faults, ("GET",)),
    )
    for endpoint, address, page, methods in ways:
        bp.add_url_rule(address, endpoint, _guarded(page, kind.guard), methods=methods)


def _guarded(
    page: Callable[..., Any], guard: Callable[[Callable[..., Any]], Callable[..., Any]]
) -> Callable[..., Any]:
    def view(**arguments: str) -> Any:
        return page(**arguments)

    return guard(view)


def _kept(public_id: str) -> File:
    return queries.file_of(public_id, access.school().id, frozenset({FilePurpose.IMPORT}))


@dataclass(frozen=True)
class _Pages:
    """The views of one import."""

    blueprint: str
    kind: Importing

    def template(self) -> Any:
        """An empty sheet to fill in."""
        title, name = self.kind.names
        return sheet_answer(template_xlsx(self.kind.columns, title), name)

    def upload(self) -> Any:
        """Hand in a filled-in template."""
        form, me, here = SheetForm(), access.me().person_id, access.school().id
        kept = submitted(form, lambda: self._hand_in(form, me, here))
        if kept:
            return redirect(url_for(f"{self.blueprint}.preview", file=kept.public_id))
        page, _preview = self.kind.pages
        facts = {"columns": self.kind.columns, "importing": self.kind, "place": self.blueprint}
        return render_template(page, form=form, **facts), status_of(form)

    def _hand_in(self, form: SheetForm, by: int, university_id: int) -> File:
        sheet = form.sheet.data
        now = clock.now()
        return self.kind.hand_in(sheet.read(), sheet.filename, by=by, university_id=university_id, now=now)

    def preview(self, file: str) -> Any:
        """What the import would do; confirming it queues the task that does it."""
        form, number = self.kind.form(), _kept(file).id
        task = submitted(form, lambda: self.kind.begin(form, _confirmed(form, number), clock.now()))
        if task:
            return redirect(url_for("tasks.task", task=task.public_id))
        here = access.school()
        plan = self.kind.plan(_kept(file), here)
        form.shown.data = plan.fingerprint
        part, page = request.args.get("part", ""), request.args.get("page", 1, type=int)
        shown = preview_of(plan, self.kind.words(here), part=part, page=page)
        facts = {"preview": shown, "headings": self.kind.headings, "columns": self.kind.columns}
        facts |= {"importing": self.kind, "place": self.blueprint}
        return render_template(self.kind.pages[1], form=form, **facts), status_of(form)

    def faults(self, file: str) -> Any:
        """Every fault of a handed-in sheet, to be mended in the office."""
        plan = self.kind.plan(_kept(file), access.school())
        return sheet_answer(fault_sheet(plan, self.kind.columns), "问题清单.xlsx")


def _confirmed(form: PreviewForm, file_id: int) -> Confirmed:
    return Confirmed(
        file_id=file_id,
        university_id=access.school().id,
        by=access.me().person_id,
        shown=form.shown.data or "",
    )

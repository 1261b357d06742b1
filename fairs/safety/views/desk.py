"""All events at a glance, responsible persons of school and departments, filings."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE
from fairs.files.answers import list_answer
from fairs.institutions import queries as institutions
from fairs.programmes import queries as events
from fairs.programmes.models import Event
from fairs.safety import desk, forms, people, queries, reporting
from fairs.safety.rules import POSITION_LABELS
from fairs.safety.views.blueprint import PLANNERS, READERS, bp, event_of, set_responsible, today
from fairs.web.forms import status_of, submitted
from fairs.web.language import current
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to

SEARCHED = (Event.title, Event.no)


def _sorts() -> dict[str, Any]:
    return {"when": events.first_start(), "title": Event.title}


@bp.get("/<school>/office/safety")
@access.require(*READERS)
def overview() -> str:
    """Coming events: plan, licence, people on duty."""
    here, me = access.school(), access.me()
    page = listing(
        desk.coming(here.id, me, clock.now()), search=SEARCHED, sorts=_sorts(), default_sort="when"
    )
    page.items = desk.rows(page.items)
    manages = me.has(OFFICE, here.id)
    to_file = desk.waiting_filings(here, clock.now()) if manages else []
    return render_template("safety/overview.html", listing=page, may_manage=manages, to_file=to_file)


@bp.get("/<school>/office/safety.xlsx")
@access.require(*READERS)
def overview_sheet() -> Any:
    """The same list as a sheet."""
    coming = desk.coming(access.school().id, access.me(), clock.now())
    rows = whole(coming, search=SEARCHED, sorts=_sorts(), default_sort="when")
    headings = (_("编号"), _("活动"), _("时间"), _("安全工作方案"), _("安全许可"), _("值班"))
    cells = (
        (
            row.event.no,
            row.event.title,
            row.first,
            _(row.plan.label) if row.plan else "",
            _(row.licence.label) if row.licence else "",
            f"{row.filled}/{row.planned}",
        )
        for row in desk.rows([event for (event,) in rows])
    )
    return list_answer(_("安全管理"), headings, cells)


@bp.route("/<school>/office/safety/responsible", methods=["GET", "POST"])
@access.office
def responsible() -> Any:
    """First and direct responsible persons of the school and its departments."""
    form, here = forms.ResponsibleForm(), access.school().id
    departments = {one.code: one for one in institutions.departments(here)}
    form.where.choices = forms.choices(
        [("", _("全校")), *((code, one.name) for code, one in departments.items())]
    )
    chosen = departments.get(form.where.data or "")
    scope = people.Scope(university_id=here, department_id=chosen.id if chosen else None)
    done = submitted(form, lambda: set_responsible(scope, form))
    if done:
        return back_to("safety.responsible", _("责任人已保存。"))
    rows = queries.responsible_rows(access.school().id)
    page = render_template("safety/responsible.html", form=form, rows=rows, labels=POSITION_LABELS)
    return page, status_of(form)


@bp.route("/<school>/office/events/<event>/filings/<duty>", methods=["GET", "POST"])
@access.require(*PLANNERS)
def filing(event: str, duty: str) -> Any:
    """Write down that something was reported."""
    form, number = forms.today_in(forms.FilingForm(), today()), event_of(event).id
    done = submitted(
        form,
        lambda: reporting.file_duty(
            number, duty, form.on.data, form.note.data or "", by=access.me().person_id, now=clock.now()
        ),
    )
    if done:
        return back_to("safety.plan", _("已登记备案。"), event=event)
    shown = event_of(event)
    words = next((one.words[current()] for one in desk.to_file(shown, today()) if one.key == duty), duty)
    return render_template("safety/filing.html", event=shown, form=form, duty=words), status_of(form)

"""Pages of the academic calendar: terms, exam weeks, vacations, own days beside the state's."""

from datetime import timedelta
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.accounts.rules import OFFICE
from fairs.administration.forms import day_form, period_form
from fairs.administration.rules import LED_BY
from fairs.administration.views.blueprint import bp, leading
from fairs.clock import campus_day
from fairs.database import found
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to
from fairs.workdays import actions, queries
from fairs.workdays.rules import DAY_KIND_LABELS, ENOUGH_DAYS, PERIOD_LABELS, DayKind

AHEAD = timedelta(days=400)
PAST = timedelta(days=120)


@bp.get("/<school>/office/calendar")
@access.require(*sorted(OFFICE))
def academic_year() -> str:
    """The year of this university, with what is still a guess."""
    here, today = access.school().id, campus_day(clock.now())
    periods = queries.periods(here)
    return render_template(
        "administration/year.html",
        periods=[(str(n), row) for n, row in enumerate(periods, start=1) if row.last_on >= today - PAST],
        own=[row for row in queries.own_days(here) if row.day >= today - PAST],
        state=queries.state_days(today, today + AHEAD),
        today=today,
        period_labels=PERIOD_LABELS,
        day_labels=DAY_KIND_LABELS,
        left=queries.days_left(today),
        enough=ENOUGH_DAYS,
        may=access.me().has(LED_BY, here),
    )


@bp.route("/<school>/office/calendar/new", methods=["GET", "POST"])
@leading
def new_period() -> Any:
    """A term, exam weeks or a vacation."""
    here, who = access.school().id, access.me().person_id
    form = period_form()
    done = submitted(
        form,
        unrepeated(lambda: actions.add_period(form.draft(), university_id=here, by=who, now=clock.now())),
    )
    if done:
        return back_to("administration.academic_year", _("校历已更新。新的活动日期会按它提醒。"))
    return render_template("administration/period.html", form=form, title=_("新增学期或考试周")), status_of(
        form
    )


@bp.post("/<school>/office/calendar/<number>/end")
@leading
def end_period(number: str) -> Response:
    """Take a stretch out; ``number`` is its place in the list."""
    here = access.school().id
    known = {str(place): row.id for place, row in enumerate(queries.periods(here), start=1)}
    who = access.me().person_id
    actions.end_period(found(known.get(number)), university_id=here, by=who, now=clock.now())
    return back_to("administration.academic_year", _("已从校历中删除。"))


@bp.route("/<school>/office/calendar/day", methods=["GET", "POST"])
@leading
def own_day() -> Any:
    """A day on which this university differs from the state's calendar."""
    here, who = access.school().id, access.me().person_id
    form: Any = day_form()
    done = submitted(
        form,
        lambda: actions.set_own_day(
            form.day.data,
            DayKind(form.kind.data),
            (form.name.data or "").strip(),
            university_id=here,
            by=who,
            now=clock.now(),
        ),
    )
    if done:
        return back_to("administration.academic_year", _("校历已更新，工作日期限随之重新计算。"))
    return render_template("administration/period.html", form=form, title=_("本校放假或上班")), status_of(
        form
    )


@bp.post("/<school>/office/calendar/day/<number>/end")
@leading
def drop_day(number: str) -> Response:
    """From now on the state's calendar counts; ``number`` is the day as 20261121."""
    here, who = access.school().id, access.me().person_id
    day = {f"{row.day:%Y%m%d}": row.day for row in queries.own_days(here)}.get(number)
    actions.drop_own_day(found(day), university_id=here, by=who, now=clock.now())
    return back_to("administration.academic_year", _("已恢复按国家安排。"))

"""Pages of the duty table and of the university's own data."""

from typing import Any

from flask import Response, render_template
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.administration import queries
from fairs.administration.actions import school as actions
from fairs.administration.forms import SchoolForm, duty_form
from fairs.administration.rules import LED_BY, READ_BY
from fairs.administration.views.blueprint import bp, leading
from fairs.database import found
from fairs.errors import Forbidden
from fairs.institutions import duties
from fairs.institutions.colours import stylesheet
from fairs.institutions.duties import Duty
from fairs.web.forms import status_of, submitted
from fairs.web.language import current
from fairs.web.refusals import back_to


@bp.get("/<school>/office/settings")
@access.require(*sorted(OFFICE | READ_BY))
def settings() -> str:
    """The duty table of this university: in force, usual, source, last change."""
    here = access.school()
    return render_template(
        "administration/settings.html",
        groups=[(key, words, duties.of_group(here.settings, key)) for key, words in duties.groups().items()],
        changes=queries.last_changes(here.id),
        version=duties.version(),
        language=current(),
        may=_may,
        leads=access.me().has(LED_BY, here.id),
    )


def _may(duty: Duty) -> bool:
    """Whether the viewer may change it: the director, or only the administrator."""
    kinds = {RoleKind.ADMIN} if duty.who == "admin" else LED_BY
    return access.me().has(kinds, access.school().id)


def _changeable(key: str) -> Duty:
    duty = found(duties.duties().get(key))
    if not _may(duty):
        raise Forbidden
    return duty


@bp.route("/<school>/office/settings/<code>", methods=["GET", "POST"])
@leading
def setting(code: str) -> Any:
    """Change one duty; the audit trail keeps old and new."""
    duty, here, who = _changeable(code), access.school(), access.me().person_id
    value = duties.in_force(here.settings, code)
    form = duty_form(duty, value)
    done = submitted(
        form,
        lambda: actions.set_duty(
            here.id, code, form.value.data, shown=form.shown.data or "", by=who, now=clock.now()
        ),
    )
    if done is not None:
        return back_to("administration.settings", _("设置已保存。%(effect)s", effect=duty.effect[current()]))
    facts = {"duty": duty, "in_force": value, "language": current()}
    return render_template("administration/setting.html", form=form, **facts), status_of(form)


@bp.post("/<school>/office/settings/<code>/usual")
@leading
def usual(code: str) -> Any:
    """Back to the usual value."""
    duty, here = _changeable(code), access.school()
    shown = str(duties.in_force(here.settings, code))
    actions.set_duty(here.id, code, duty.value, shown=shown, by=access.me().person_id, now=clock.now())
    return back_to("administration.settings", _("已恢复默认值。%(effect)s", effect=duty.effect[current()]))


@bp.route("/<school>/office/university", methods=["GET", "POST"])
@leading
def university() -> Any:
    """Name and hotline (S126)."""
    here, who = access.school(), access.me().person_id
    form = SchoolForm(obj=here)
    if submitted(form, lambda: actions.change_school(here.id, form.draft(), by=who, now=clock.now())):
        return back_to("administration.organisation", _("学校信息已保存，所有页面立即生效。"))
    return render_template("administration/university.html", form=form), status_of(form)


@bp.get("/<school>/accent.css")
@access.public
def accent() -> Response:
    """The university's own colour as a style sheet."""
    colour = found(access.school().settings.get("accent"))
    return Response(stylesheet(colour), mimetype="text/css", headers={"Cache-Control": "max-age=3600"})

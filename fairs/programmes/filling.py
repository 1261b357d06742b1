"""The form of a new event as it is first shown: its choices and usual values."""

from datetime import date

from flask_babel import gettext

from fairs.accounts.rules import OFFICE, ROLE_LABELS, Viewer
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.programmes import facts, queries
from fairs.programmes.forms import keep_fields, offer_words, spoken
from fairs.programmes.kinds import CALLED, PLACE_KIND_LABELS
from fairs.programmes.planning import EventForm
from fairs.programmes.rules import EventKind, EventLevel, EventScope
from fairs.venues import queries as venues


def event_form(
    university: University,
    who: Viewer,
    today: date,
    *,
    kind: EventKind,
    programme: str | None = None,
) -> EventForm:
    """The form of a new event of a kind.

    ``programme``: the public id of the programme for which it is planned. A coordinator plans for the own
    department only.
    """
    form = EventForm()
    offer_words(form, university.id)
    form.kind.data = kind.value
    form.space.choices = [("", gettext("以后再定"))] + [
        (str(space.id), gettext("%(name)s（可容纳 %(persons)s 人）", name=space.name, persons=space.capacity))
        for space in venues.spaces(university.id)
    ]
    form.partners.choices = [
        (str(u.id), u.name) for u in institutions.universities() if u.id != university.id
    ]
    seasons = queries.programmes(university.id, ending_from=today)
    form.programme.choices = [("", gettext("不属于系列活动"))] + [(str(p.id), p.name) for p in seasons]
    form.attendee_roles.choices = spoken({one: ROLE_LABELS[one] for one in CALLED})
    form.place_kind.choices = [("", gettext("请选择")), *spoken(PLACE_KIND_LABELS)]
    form.talk.choices = [("", gettext("不成套"))] + [
        (str(talk.id), talk.title) for talk in facts.coming_talks(university.id, today)
    ]
    keep_fields(form, kind)
    if "slots" not in form and "capacity" in form:
        form.capacity.label.text = gettext("名额")
    if "host" in form:
        form.host.flags.required = "talk" not in form
    _offer_departments(form, university.id, who)
    if not form.is_submitted():
        _fill(form, university, who)
        form.programme.data = next((str(p.id) for p in seasons if p.public_id == programme), "")
    return form


def _offer_departments(form: EventForm, university_id: int, who: Viewer) -> None:
    own = who.departments(university_id)
    everything = who.has(OFFICE, university_id)
    there = [d for d in institutions.departments(university_id) if everything or d.id in own]
    none = [("", gettext("就业中心"))] if everything else []
    form.department.choices = none + [(str(d.id), d.name) for d in there]


def _fill(form: EventForm, university: University, who: Viewer) -> None:
    form.hosts.data = university.name
    if not who.has(OFFICE, university.id):
        form.scope.data, form.level.data = EventScope.DEPARTMENT.value, EventLevel.DEPARTMENT.value

"""The blueprint of protection, and what other features' pages show of it."""

from flask import Blueprint

from fairs import clock
from fairs.institutions.models import University
from fairs.programmes.models import Event
from fairs.programmes.tabs import Tab, add, has_booths
from fairs.protection import notices
from fairs.protection.alerts import AUDIENCE_LABELS, GUARD_LABELS
from fairs.protection.badges import alert_badge, badge_of, severity_badge_of
from fairs.protection.models import Alert
from fairs.students.models import Student

bp = Blueprint("protection", __name__)
ALERTS = 10
"""How many alerts a page of a list shows with their whole text."""
TAB_LABELS = {"inspection": "展位巡查"}
add(Tab(TAB_LABELS["inspection"], "clipboard-check", "protection.floor", 55, has_booths))


@bp.app_template_global()
def pinned_alerts(
    school: University | None, *, event: Event | None = None, student: Student | None = None
) -> list[Alert]:
    """The alerts that stand on top of a page, the worst first; without a school those of all of them."""
    now = clock.now()
    if school is None:
        return notices.pinned_everywhere(now)
    department = student.department_id if student else None
    return notices.pinned(school.id, now, event_id=event.id if event else None, department_id=department)


bp.add_app_template_global(notices.named_employer, "named_employer")
bp.add_app_template_global(notices.last_day, "last_day")
bp.add_app_template_global(severity_badge_of, "alert_severity")
bp.add_app_template_global(alert_badge, "alert_badge")
bp.add_app_template_global(badge_of, "complaint_badge")
bp.add_app_template_global(GUARD_LABELS.get, "guard_label")
bp.add_app_template_global(AUDIENCE_LABELS.get, "audience_label")

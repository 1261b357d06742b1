"""What waits at a university of reports and alerts."""

from fairs.accounts.rules import Viewer
from fairs.home.rules import LABELS, Waiting
from fairs.institutions.models import University
from fairs.protection import notices
from fairs.protection import queries as reports


def waiting_reports(viewer: Viewer, school: University) -> list[Waiting]:
    """Reports to be looked into, and alerts that wait for the second officer or for being published."""
    count, due_at = reports.waiting(school.id)
    alerts, here = notices.waiting(school.id, viewer.person_id), {"school": school.slug}
    page = "protection.office_alerts"
    return [
        Waiting(
            label=LABELS["complaints"],
            count=count,
            due_at=due_at,
            endpoint="protection.complaints",
            values=here,
        ),
        Waiting(label=LABELS["alerts_approve"], count=alerts.to_approve, endpoint=page, values=here),
        Waiting(label=LABELS["alerts_publish"], count=alerts.to_publish, endpoint=page, values=here),
    ]

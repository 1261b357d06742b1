"""Nobody holds two streams at once: a host's time is taken under the host's lock. Inside actions."""

from fairs.database import lock
from fairs.employers.models import Employer
from fairs.institutions.models import Department, University
from fairs.livestreams import queries
from fairs.livestreams.models import LiveSession
from fairs.livestreams.rules import HostBusy
from fairs.livestreams.times import words_of
from fairs.programmes.models import Event


def hold_still(event: Event, employer_id: int | None) -> None:
    """Lock whoever holds the stream, so that two cannot take the same hours at once."""
    if employer_id is not None:
        lock(Employer, employer_id)
    elif event.department_id is not None:
        lock(Department, event.department_id)
    else:
        lock(University, event.university_id)


def check_free(session: LiveSession) -> None:
    """Raises HostBusy where another stream of the host lies there; the host is locked."""
    other = queries.busy(session.event, session.employer_id, session.period, session.id)
    if other is not None:
        raise HostBusy(host=session.host_name, title=other.words.title, when=words_of(other.period))

"""The door's interface: scans in batches, what a scanner needs without network, and the time."""

from datetime import datetime
from typing import Any

from flask import request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.api.blueprint import bp
from fairs.checkin import actions, queries, snapshots
from fairs.checkin.admitting import STOPPED
from fairs.checkin.batches import read_batch
from fairs.checkin.models import DevicePass
from fairs.checkin.passes import COOKIE
from fairs.checkin.rules import SHOWINGS, Tone, Verdict
from fairs.web.language import masked_name, masked_number


@bp.get("/clock")
@access.public
def time() -> dict[str, Any]:
    """The server's time in milliseconds, for phones whose clock is wrong."""
    return {"now": int(clock.now().timestamp() * 1000)}


@bp.get("/door")
@access.by_pass
def door() -> dict[str, Any]:
    """What a scanner keeps for the loss of its network."""
    now = clock.now()
    return snapshots.snapshot(_pass(now), now)


@bp.get("/door/now")
@access.by_pass
def now() -> dict[str, Any]:
    """What a scanner asks every few seconds: whether entry is stopped, why, and how full the hall is (G8, P25)."""
    at = clock.now()
    gate = _pass(at).gate
    hall = queries.hall(gate.event_id, gate.space_id, at)
    event = gate.event
    stopped = event.state if event.state in STOPPED else None
    return {
        "stop": stopped,
        "reason": event.state_reason if stopped else "",
        "inside": hall.inside,
        "capacity": hall.capacity,
    }


@bp.post("/scans")
@access.by_pass
def scans() -> dict[str, Any]:
    """A batch of scans: one answer to each, in order; the same scan sent again gets the same verdict."""
    received_at = clock.now()
    device_pass = _pass(received_at)
    pass_id, gate = device_pass.id, device_pass.gate
    batch = read_batch(request.get_json(silent=True))
    admissions = actions.admit_batch(pass_id, batch, received_at)
    return {
        "received_at": received_at.isoformat(),
        "results": _results(admissions, queries.hall(gate.event_id, gate.space_id, received_at)),
    }


def _pass(now: datetime) -> DevicePass:
    """The pass of the request. Raises PassRefused."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return actions.opened(token if scheme == "Bearer" else request.cookies.get(COOKIE, ""), now)


def _results(admissions: list[actions.Admission], hall: queries.Hall) -> list[dict[str, Any]]:
    seen = queries.seen([admission.scan.id for admission in admissions if admission.scan])
    earlier = queries.admitted_before([row.scan for row in seen.values() if row.scan.holder_id])
    full = {"inside": hall.inside, "capacity": hall.capacity}
    return [
        {"client_id": one.client_id}
        | (_shown(seen[one.scan.id], earlier.get(one.scan.id)) if one.scan else _unstored(again=one.again))
        | full
        for one in admissions
    ]


def _unstored(*, again: bool) -> dict[str, Any]:
    """The answer to an item that was not stored: to be sent again, or not to be sent any more."""
    nobody = {"holder": None, "slot": None, "earlier": None}
    if again:
        sentence = _("系统正忙，这次扫码会自动再次上传")
        return {"verdict": "again", "tone": Tone.AMBER, "sentence": sentence} | nobody
    sentence = _("这条扫码记录的格式不对，没有保存")
    return {"verdict": "invalid", "tone": Tone.RED, "sentence": sentence} | nobody


def _shown(row: queries.Seen, earlier: queries.Earlier | None) -> dict[str, Any]:
    """A verdict as the scanner shows it; who is inside already is told where and when they came in."""
    verdict = row.scan.verdict
    told = earlier if verdict in {Verdict.ALREADY_IN, Verdict.REPEAT} else None
    holder = {"name": masked_name(row.name), "number": masked_number(row.student_no)} if row.name else None
    slot = row.slot
    return {
        "verdict": verdict,
        "tone": SHOWINGS[verdict].tone,
        "sentence": _(SHOWINGS[verdict].sentence),
        "holder": holder,
        "slot": {"starts_at": slot.starts_at.isoformat(), "ends_at": slot.ends_at.isoformat()}
        if slot
        else None,
        "earlier": {"at": told.at.isoformat(), "gate": told.gate} if told else None,
    }

"""What changes reports and their cases, alerts and inspections."""

from fairs.protection.actions.alerting import (
    approve_alert,
    change_alert,
    draft_alert,
    end_alert,
    expire_alerts,
    publish_alert,
    push,
)
from fairs.protection.actions.deciding import accept, close, decide, investigate, reveal
from fairs.protection.actions.inspecting import confirm_strike, inspect
from fairs.protection.actions.reporting import Draft, Reporter, forget, report

__all__ = [
    "Draft",
    "Reporter",
    "accept",
    "approve_alert",
    "change_alert",
    "close",
    "confirm_strike",
    "decide",
    "draft_alert",
    "end_alert",
    "expire_alerts",
    "forget",
    "inspect",
    "investigate",
    "publish_alert",
    "push",
    "report",
    "reveal",
]

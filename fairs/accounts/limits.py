"""How often something may be done for one mailbox, or from one network, within an hour. Pure.

A campus or a company is often one address on the internet: a network's limit is far above what an office does.
"""

import hashlib
import ipaddress
from datetime import datetime, timedelta

from fairs.errors import Refusal

WINDOW = timedelta(hours=1)


class TooOften(Refusal):
    """Too many of one kind within the hour."""

    code = "too_often"
    sentence = "操作过于频繁，请 %(minutes)s 分钟后再试；着急办理请拨打就业中心电话。"
    status = 429


NEW_ACCOUNT = "new_account"
CODE_CHECK = "code_check"
REPORT = "report"
VISITOR_REPORT = "visitor_report"
PER_MAILBOX = {NEW_ACCOUNT: 5, REPORT: 10}
"""New accounts tried for one mailbox, and reports of one person, in an hour."""
PER_NETWORK = {NEW_ACCOUNT: 60, CODE_CHECK: 600, REPORT: 600, VISITOR_REPORT: 20}
"""New accounts, whole codes looked up and reports (without signing in: few) from one network in an hour."""


def network_of(address: str | None) -> str:
    """The block that an address belongs to: 256 addresses of version 4, a site of version 6."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    length = 48 if parsed.version == 6 and mapped is None else 24
    return str(ipaddress.ip_network(f"{mapped or parsed}/{length}", strict=False))


def key_hash(text: str) -> str:
    """What is kept in place of an address or a mailbox."""
    return hashlib.sha256(text.strip().lower().encode()).hexdigest()


def is_over(began_at: datetime, now: datetime) -> bool:
    """Whether the hour that began then has passed."""
    return now >= began_at + WINDOW


def check_count(count: int, most: int, began_at: datetime, now: datetime) -> None:
    """Raises TooOften for the first one above ``most``."""
    if count > most:
        left = (began_at + WINDOW - now).total_seconds()
        raise TooOften(minutes=max(1, -(-int(left) // 60)))

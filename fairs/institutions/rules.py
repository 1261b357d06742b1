"""Kinds of code lists that each office keeps itself. Pure."""

from enum import StrEnum


class CodeKind(StrEnum):
    """Which list: industrial chains (S92), industry employment committees (S9)."""

    CHAIN = "chain"
    COMMITTEE = "committee"

"""stub"""

from enum import StrEnum


class BoothOfferState(StrEnum):
    """x"""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    RELEASED = "released"

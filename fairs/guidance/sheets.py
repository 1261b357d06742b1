"""The gap list as a sheet, and its words."""

from flask_babel import gettext as _

from fairs.guidance.queries import KIND_WORDS
from fairs.guidance.rules import SMALLEST_CELL, Gap, Wish

HEADINGS = ("类别", "意向", "有意向的学生（人）", "在招需求（人）")

WISH_LABELS = {Wish.CITY: "城市", Wish.INDUSTRY: "行业", Wish.KIND: "岗位类型"}


def word(wish: Wish, code: str) -> str:
    """A wish in the reader's language; a city is its own name."""
    return code if wish is Wish.CITY else str(_(KIND_WORDS.get(code, code)))


def row_of(gap: Gap) -> list[str]:
    """A line in the columns of ``HEADINGS``."""
    wanted = _("少于 %(count)s", count=SMALLEST_CELL) if gap.wanted is None else str(gap.wanted)
    return [_(WISH_LABELS[gap.wish]), word(gap.wish, gap.code), wanted, str(gap.offered)]

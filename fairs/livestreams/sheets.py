"""The streams of an event as a sheet."""

from collections.abc import Iterable, Iterator, Mapping

from flask_babel import gettext as _

from fairs.clock import campus
from fairs.livestreams.queries import Line
from fairs.livestreams.rules import LIVE_LABELS
from fairs.web.language import in_words


def headings() -> tuple[str, ...]:
    """The first line."""
    return (
        _("直播标题"),
        _("开始"),
        _("结束"),
        _("主办"),
        _("介绍的单位"),
        _("直播平台"),
        _("直播链接"),
        _("状态"),
        _("原因"),
        _("学生看直播（人次）"),
        _("平台显示的观看人数（未核实）"),
    )


def rows(lines: Iterable[Line], counts: Mapping[int, int]) -> Iterator[tuple[str | int | None, ...]]:
    """One line for each stream."""
    for line in lines:
        one = line.session
        yield (
            one.words.title,
            f"{campus(one.starts_at):%Y-%m-%d %H:%M}",
            f"{campus(one.ends_at):%Y-%m-%d %H:%M}",
            in_words(one.host_name),
            "、".join(firm.legal_name for firm in one.presenters),
            one.platform,
            one.url,
            _(LIVE_LABELS[one.state]),
            one.reason,
            counts.get(one.id, 0),
            one.viewers_stated,
        )

"""Tables after a fair as sheets."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from fairs.clock import campus
from fairs.files.sheets import write_xlsx
from fairs.outcomes.charts import Chart
from fairs.outcomes.figures import DEFINITIONS, Figure
from fairs.outcomes.models import Closing, SurveyAnswer
from fairs.outcomes.rules import CLOSING_LABELS, ClosingState
from fairs.outcomes.survey import QUESTION_LABELS, Side
from fairs.programmes.models import Event
from fairs.programmes.rules import EVENT_KIND_LABELS


def chart_sheet(chart: Chart) -> bytes:
    """The table of a chart."""
    rows = ([name, *numbers] for name, numbers in chart.rows)
    return write_xlsx(_(chart.question), [_(heading) for heading in chart.headings], rows)


def closings_sheet(
    rows: Iterable[tuple[Event, Closing | None, datetime]], confirmed: Mapping[int, Mapping[Figure, int]]
) -> bytes:
    """Events that are over with their confirmed figures; those not confirmed have none."""
    heads = [_("活动编号"), _("活动"), _("类型"), _("结束时间"), _("状态"), _("数据截止日期")]
    figures = [f"{_(what.label)}（{_(what.unit)}）" for what in DEFINITIONS.values()]
    return write_xlsx(_("活动总结"), [*heads, *figures], _closings(rows, confirmed))


def _closings(
    rows: Iterable[tuple[Event, Closing | None, datetime]], confirmed: Mapping[int, Mapping[Figure, int]]
) -> Iterator[list[Any]]:
    for event, closing, ended in rows:
        known = confirmed.get(event.id, {})
        state = closing.state if closing else ClosingState.OPEN
        due = f"{campus(closing.due_at):%Y-%m-%d}" if closing else ""
        kind = _(EVENT_KIND_LABELS[event.kind])
        yield [
            event.no,
            event.title,
            kind,
            ended,
            _(CLOSING_LABELS[state]),
            due,
            *(known.get(figure, "") for figure in DEFINITIONS),
        ]


def opinions_sheet(answers: Iterable[SurveyAnswer]) -> bytes:
    """What the employers answered, by name."""
    questions = QUESTION_LABELS[Side.EMPLOYER]
    headings = [_("单位"), *(_(text) for text in questions.values()), _("想对学校说的话")]
    return write_xlsx(
        _("单位问卷"),
        headings,
        (
            [one.employer.legal_name if one.employer else "", one.fit, one.organised, one.again, one.comment]
            for one in answers
        ),
    )

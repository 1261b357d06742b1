"""A safety plan as people read it: the same parts on the page, on paper, and when two versions are compared."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from fairs.programmes.duties import duty_words
from fairs.programmes.rules import EVENT_KIND_LABELS, ORGANISER_LABELS, EventKind, OrganiserRole
from fairs.safety.checklists import ANSWER_LABELS, CHECKLISTS, Answer
from fairs.safety.contents import CHECKLIST, FIELD_LABELS, SECTION_LABELS, SECTIONS, Part
from fairs.safety.rules import POSITION_LABELS, Position
from fairs.web.language import current, hour, when

Snapshot = Mapping[str, Any]


def parts_of(snapshot: Snapshot) -> list[Part]:
    """Every part of a plan with its rows, in the reader's language."""
    return [
        Part(_("基本情况"), tuple(_facts(snapshot["facts"]))),
        Part(_("责任人"), tuple(_responsible(snapshot["responsible"]))),
        *_sections(snapshot),
        Part(_("值班安排"), tuple(_roster(snapshot["roster"]))),
        Part(_(SECTION_LABELS[CHECKLIST]), tuple(_answers(snapshot))),
    ]


def _persons(count: int) -> str:
    return str(_("%(count)s 人", count=f"{count:,}"))


def _facts(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    days = [
        (datetime.fromisoformat(starts), datetime.fromisoformat(ends), place)
        for starts, ends, place in facts["days"]
    ]
    organisers = [
        f"{_(ORGANISER_LABELS[OrganiserRole(role)])}：{name}"
        for role, name, _accountable in facts["organisers"]
    ]
    accountable = [name for _role, name, is_accountable in facts["organisers"] if is_accountable]
    return [
        (_("活动"), f"{facts['title']}（{_(EVENT_KIND_LABELS[EventKind(facts['kind'])])}）"),
        (_("时间"), "\n".join(f"{when(starts)}–{hour(ends)}" for starts, ends, _place in days)),
        (_("地点"), "\n".join(dict.fromkeys(place for _starts, _ends, place in days if place))),
        (_("主办和承办单位"), "\n".join(organisers)),
        (_("安全责任单位"), "、".join(accountable)),
        (_("预计参加"), _persons(facts["expected"]) if facts["expected"] else ""),
        (_("每天预约名额"), _persons(facts["places"])),
        (_("场地核定容量"), _persons(facts["capacity"])),
        (_("展位"), _("%(count)s 个", count=facts["booths"]) if facts["booths"] else ""),
        (_("面向社会公众"), _("是") if facts["public"] else _("否")),
    ]


def _responsible(rows: list[list[str]]) -> list[tuple[str, str]]:
    there = {row[0]: row[1:] for row in rows}
    return [
        (_(label), " · ".join(there[position.value]) if position.value in there else "")
        for position, label in ((one, POSITION_LABELS[one]) for one in Position)
    ]


def _sections(snapshot: Snapshot) -> list[Part]:
    content, files = snapshot["content"], snapshot["files"]
    parts = []
    for section in SECTIONS:
        rows = []
        for field in section.fields:
            said = [str(content.get(field.key) or "").strip()]
            if field.key in files:
                said.append(_("附件：%(name)s", name=files[field.key]["name"]))
            rows.append((_(FIELD_LABELS[field.key]), "\n".join(filter(None, said))))
        parts.append(Part(_(SECTION_LABELS[section.key]), tuple(rows)))
    return parts


def _roster(rows: list[list[Any]]) -> list[tuple[str, str]]:
    return [
        (_(duty_words(duty)), _("%(planned)s 个班次，已落实 %(filled)s 人", planned=planned, filled=filled))
        for duty, planned, filled in rows
    ]


def _answers(snapshot: Snapshot) -> list[tuple[str, str]]:
    checklist = CHECKLISTS.get(snapshot["checklist"])
    if checklist is None:
        return []
    rows = []
    for item in checklist.items:
        given = snapshot["answers"].get(item.id, {})
        said = _(ANSWER_LABELS[Answer(given["answer"])]) if given.get("answer") else ""
        note = given.get("note", "")
        rows.append((item.words[current()], f"{said}：{note}" if said and note else said))
    return rows

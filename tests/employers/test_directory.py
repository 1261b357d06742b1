"""The rules of a list of employers; no database."""

from fairs.employers import directory
from fairs.employers.codes import UsccInvalid
from fairs.employers.directory import COLUMNS, Stored
from fairs.files import imports
from fairs.files.sheets import SheetRow
from tests.factories.directory import code, line


def row(number: int = 2, **cells: str) -> SheetRow:
    values = dict(zip((column.key for column in COLUMNS), line(number), strict=True))
    return SheetRow(number, values | cells)


def test_a_row_becomes_a_line_with_a_clean_code() -> None:
    made = directory.plan([row(uscc=f" {code(2).lower()} ", mail="HR@Unit.example")], Stored())
    values = made.new[0].values
    assert (values["uscc"], values["kind"], values["ownership"], values["size"], values["mail"]) == (
        code(2),
        "enterprise",
        "private",
        "medium",
        "hr@unit.example",
    )


def test_faults_by_row_and_column() -> None:
    rows = [
        row(2, uscc=code(2)[:-1] + ("0" if code(2)[-1] != "0" else "1")),
        row(3, kind="公司", contact="", mail="hr@"),
        row(4, uscc=code(5)),
        row(5),
        row(6, mail="teacher@nanhu.example"),
        row(7, legal_name="另一家公司"),
    ]
    stored = Stored(names={code(7): "示例7科技有限公司"}, strangers=frozenset({"teacher@nanhu.example"}))
    made = directory.plan(rows, stored)
    assert [(e.row, e.column, e.sentence) for e in made.errors] == [
        (2, "uscc", UsccInvalid.sentence),
        (3, "kind", imports.NOT_OFFERED),
        (3, "contact", imports.EMPTY),
        (3, "mail", directory.MAIL_FORM),
        (5, "uscc", imports.REPEATED),
        (6, "mail", directory.MAIL_OF_OTHERS),
        (7, "legal_name", directory.OTHER_NAME),
    ]


def test_what_the_school_knows_already_stays_as_it_is() -> None:
    stored = Stored(names={code(2): "示例2科技有限公司"}, listed=frozenset({code(2)}))
    made = directory.plan([row(2), row(3)], stored)
    assert (made.same, [line.key for line in made.new]) == (1, [code(3)])

"""The pages of students: who may see what, masked values, list, export and the import's pages."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.audit.models import AccessLog, Audit
from fairs.database import db
from fairs.institutions.models import Department, University
from fairs.students import work
from fairs.students.models import Student
from fairs.tasks import worker
from tests import factories
from tests.factories import students as made
from tests.factories.students import line, sheet

assert work  # registers the kind


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def department(school: University) -> Department:
    department = factories.department(school)
    factories.major(department)
    return department


@pytest.fixture
def office(school: University, sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in(factories.officer(school))


def upload(office: FlaskClient, *rows: Any, content: bytes | None = None) -> Any:
    data = {"sheet": (io.BytesIO(content if content is not None else sheet(*rows)), "名单.xlsx")}
    return office.post("/nanhu/office/students/import", data=data)


def test_only_the_office_of_the_school_opens_these_pages(
    school: University, department: Department, sign_in: Callable[..., FlaskClient]
) -> None:
    student = made.student(school, department)
    stranger = factories.officer(factories.university("beihu"), "officer@beihu.example")
    for path in ("", "/import", "/template.xlsx"):
        assert sign_in(made.account_of(student)).get(f"/nanhu/office/students{path}").status_code == 403
        assert sign_in(stranger).get(f"/nanhu/office/students{path}").status_code == 404
    reveal = f"/beihu/office/students/{student.person.public_id}/reveal/number"
    assert sign_in(stranger).post(reveal).status_code == 404


def test_the_list_masks_and_a_look_is_logged(
    school: University, department: Department, office: FlaskClient
) -> None:
    student = made.student(school, department, "2023010142", phone="13800005678", email="lihua@nanhu.example")
    text = office.get("/nanhu/office/students").text
    assert "李华" in text
    assert "2023****0142" in text
    assert "138****5678" in text
    assert not any(secret in text for secret in ("2023010142", "13800005678", "lihua@"))
    answer = office.post(f"/nanhu/office/students/{student.person.public_id}/reveal/phone")
    assert (answer.text, answer.headers["Cache-Control"]) == ("13800005678", "no-store")
    log = db.session.scalars(sa.select(AccessLog)).one()
    assert (log.purpose, log.subject_kind, log.subject_id) == ("student_phone", "student", student.id)
    assert office.post(f"/nanhu/office/students/{student.person.public_id}/reveal/login").status_code == 404


def test_search_filter_sort_and_pages(
    school: University, department: Department, office: FlaskClient
) -> None:
    arts = factories.department(school, "FL", "外语学院")
    for n in range(27):
        made.student(school, department, f"2023{n:06}", f"学生{n:02}", cohort=2027)
    made.student(school, arts, "2024000001", "王芳", cohort=2028)
    first = office.get("/nanhu/office/students").text
    assert "共 28 人" in first
    assert "学生00" in first
    assert "王芳" not in first
    assert "王芳" in office.get("/nanhu/office/students?page=2").text
    assert "王芳" in office.get("/nanhu/office/students?sort=-number").text
    assert "共 1 人" in office.get("/nanhu/office/students?department=FL").text
    assert "共 1 人" in office.get("/nanhu/office/students?q=王").text
    assert "共 1 人" in office.get("/nanhu/office/students?cohort=2028&degree=bachelor").text
    assert "没有符合条件" in office.get("/nanhu/office/students?degree=doctor").text
    assert "没有符合条件" in office.get("/nanhu/office/students?state=left&q=%25").text


def test_the_number_of_queries_does_not_grow_with_the_list(
    school: University, department: Department, office: FlaskClient
) -> None:
    def queries() -> int:
        seen = list[str]()

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", note)
        assert office.get("/nanhu/office/students").status_code == 200
        sa.event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    made.student(school, department, "1")
    few = queries()
    for n in range(20):
        made.student(school, department, f"2{n}")
    many = queries()
    assert (many, few <= 20) == (few, True)


def test_the_export_holds_the_filtered_list_in_full_and_is_recorded(
    school: University, department: Department, office: FlaskClient
) -> None:
    made.student(school, department, "110101199003078515", "=李华", phone="13800005678")
    made.student(school, department, "2", "王芳")
    answer = office.get("/nanhu/office/students.xlsx?q=李")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0].values)
    assert len(rows) == 2
    assert rows[1][:3] == ("110101199003078515", "'=李华", "计算机学院")
    assert rows[1][7] == "13800005678"
    trail = db.session.scalars(sa.select(Audit).where(Audit.action == "export_students")).one()
    assert trail.detail == {"rows": 1, "filters": {"q": "李"}}


def test_template_upload_preview_apply(
    app: Flask, school: University, department: Department, office: FlaskClient
) -> None:
    made.student(school, department, "2", "王芳", major=None)
    assert openpyxl.load_workbook(io.BytesIO(office.get("/nanhu/office/students/template.xlsx").data))
    answer = upload(office, line("1", "李华"), line("2", "王方"))
    assert answer.status_code == 302
    text = office.get(answer.location).text
    assert "新增 1 人，更新 1 人" in text
    changed = office.get(answer.location + "?part=changed").text
    assert "<del>王芳</del> <ins>王方</ins>" in changed
    shown = text.split('name="shown" type="hidden" value="')[1].split('"')[0]
    applied = office.post(answer.location, data={"shown": shown})
    assert applied.status_code == 302
    assert "/nanhu/office/tasks/" in applied.location
    assert "hx-get" in office.get(applied.location).text
    assert worker.do_next(app, "test")
    finished = office.get(applied.location).text
    assert "已完成" in finished
    assert "hx-get" not in finished


def test_a_faulty_sheet_is_told_cell_by_cell_and_cannot_be_applied(
    school: University, department: Department, office: FlaskClient
) -> None:
    answer = upload(office, line("1"), line(202300001234567890, "王芳"), line("3", department="物理学院"))
    text = office.get(answer.location).text
    assert "有 2 处需要修改" in text
    assert "第 3 行" in text
    assert "超过 15 位" in text
    assert "没有院系“物理学院”" in text
    assert "确认导入" not in text
    refused = office.post(answer.location, data={"shown": "x"})
    assert refused.status_code == 422
    assert "没有导入任何内容" in refused.text
    faults = office.get(answer.location + "/errors.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(faults.data)).worksheets[0].values)
    assert [row[:2] for row in rows[1:]] == [(3, "学号"), (4, "院系")]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Student)) == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (sheet(("李华", "1"), headings=("姓名", "班级")), "表头缺少这些列：学号、院系"),
        (b"no workbook", "无法读取这个文件"),
        (sheet(), "表格里没有数据"),
    ],
)
def test_a_wrong_file_is_refused_at_its_field(
    school: University, department: Department, office: FlaskClient, content: bytes, sentence: str
) -> None:
    answer = upload(office, content=content)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_stale_preview_shows_the_new_one(
    school: University, department: Department, office: FlaskClient
) -> None:
    location = upload(office, line("1")).location
    made.student(school, department, "1", "已有")
    answer = office.post(location, data={"shown": "0" * 64})
    assert answer.status_code == 422
    assert "预览之后数据有了变化" in answer.text
    assert "更新 1 人" in answer.text


def test_the_sheet_of_another_school_is_not_found(
    school: University, department: Department, office: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    location = upload(office, line("1")).location
    factories.university("beihu")
    stranger = factories.account("officer@beihu.example")
    beihu = db.session.scalars(sa.select(University).where(University.slug == "beihu")).one()
    factories.role(stranger, factories.RoleKind.CAREER_OFFICER, university_id=beihu.id)
    assert sign_in(stranger).get(location.replace("nanhu", "beihu")).status_code == 404

"""Pages of postings: a story from the first word to the public page, who sees what, and how many queries."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts.rules import RoleKind
from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.employers import queries as employers
from fairs.employers.rules import StandingState
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.postings import actions
from fairs.postings import queries as postings_queries
from fairs.postings.models import Posting, PostingRevision
from fairs.vetting import queries
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import VerdictKind
from tests import factories
from tests.factories import postings


class Scene:
    """A university, its officer, a verified employer, and browsers of both."""

    def __init__(self, sign_in: Callable[..., FlaskClient]) -> None:
        self.school = factories.university()
        self.department = factories.department(self.school)
        factories.major(self.department)
        self.officer = factories.officer(self.school)
        self.employer = postings.employer(self.school)
        self.hr = postings.recruiter(self.employer)
        self.office = sign_in(self.officer)
        self.company = sign_in(self.hr)
        self.home = f"/employer/{self.employer.public_id}/postings"
        self.now = clock.now()

    def submit(self, **values: object) -> VettingCase:
        return postings.submitted(self.employer, self.hr, self.school, now=self.now, **values)[0]

    def publish(self, **values: object) -> str:
        case = postings.published(self.employer, self.hr, self.officer, self.school, now=self.now, **values)
        return db.session.get(Posting, case.subject_id).public_id

    def typed(self, **values: object) -> dict[str, object]:
        defaults = {
            "kind": "job",
            "title": "机械设计工程师",
            "headcount": "5",
            "city": "南京",
            "degree": "bachelor",
            "majors": "080901，计算机科学与技术",
            "salary_min": "8000",
            "salary_max": "12000",
            "description": "负责产线夹具设计。\r\n与工艺团队协作。",
            "requirements": "限男性，会使用三维设计软件。",
            "valid_until": (campus_day(self.now) + timedelta(days=60)).isoformat(),
        }
        return defaults | values

    def verdict(self, case: VettingCase, verdict: str, reason: str = "", **values: object) -> Any:
        path = f"/nanhu/office/vetting/{case.public_id}"
        data = {"version": case.version, "verdict": verdict, "reason": reason, **values}
        return self.office.post(path, data=data)


@pytest.fixture
def scene(app: Flask, sign_in: Callable[..., FlaskClient]) -> Scene:
    """The people of these tests."""
    return Scene(sign_in)


def _case() -> VettingCase:
    return db.session.scalars(sa.select(VettingCase).order_by(VettingCase.id.desc()).limit(1)).one()


def test_a_return_shows_which_words_were_meant(scene: Scene) -> None:
    case = scene.submit(title="市场专员（限男性）", requirements="限男性，会使用三维设计软件。")
    own = f"{scene.home}/{db.session.get(Posting, case.subject_id).public_id}"
    assert "<mark" not in scene.company.get(own).text  # nobody has said anything yet
    assert scene.verdict(case, "return", "请修改文中标出的内容。").status_code == 302
    page = scene.company.get(own).text
    assert "请修改文中标出的内容。" in page
    marks = re.findall(r'<mark class="clause clause-block"[^>]*>([^<]*)<sup><a href="#([^"]*)"', page)
    assert [words for words, _place in marks] == ["限男性", "限男性"]
    assert {place for _words, place in marks} == {"finding-1"}
    card = page.partition('id="finding-1"')[2].partition("</li>")[0]
    assert "《妇女权益保障法》" in card
    assert "建议：" in card
    for anchor in re.findall(r'href="#(mark-\d+|finding-\d+)"', page):
        assert page.count(f'id="{anchor}"') == 1


def _carried(page: str) -> str:
    return re.search(r'name="version"[^>]* value="([^"]*)"', page)[1]


def test_what_another_window_saved_is_shown_before_it_is_written_over(scene: Scene) -> None:
    posting = postings.draft(scene.employer, scene.hr, now=scene.now, city="南京")
    address = f"{scene.home}/{posting.public_id}/edit"
    opened = _carried(scene.company.get(address).text)
    typed = scene.typed(requirements="会使用三维设计软件。", version=opened)
    assert scene.company.post(address, data={**typed, "city": "甲地", "degree": "master"}).status_code == 302
    late = scene.company.post(address, data={**typed, "city": "乙地", "benefits": "餐补。"})
    assert late.status_code == 422
    assert "同事刚刚修改了这条信息" in late.text
    for kept in ('value="乙地"', "餐补。"):
        assert kept in late.text
    theirs = late.text.partition('class="notice notice-mine"')[2].partition("</dl>")[0]
    assert re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", theirs) == [
        ("工作地点", "甲地"),
        ("学历要求", "硕士"),
        ("福利待遇", "五险一金，带薪年假。"),
    ]
    db.session.rollback()
    assert postings_queries.latest_revision(posting.id).city == "甲地"
    again = {**typed, "city": "乙地", "version": _carried(late.text)}
    assert scene.company.post(address, data=again).status_code == 302
    db.session.rollback()
    assert postings_queries.latest_revision(posting.id).city == "乙地"


def test_only_what_was_shown_is_submitted(scene: Scene) -> None:
    posting = postings.draft(scene.employer, scene.hr, now=scene.now)
    own = f"{scene.home}/{posting.public_id}"
    sent = {"schools": scene.school.id, "version": _carried(scene.company.get(own).text)}
    changed = postings.content(salary_min=3000, salary_max=4000, valid_until=campus_day(scene.now))
    actions.revise(posting.id, changed, by=scene.hr.person_id, now=scene.now)
    late = scene.company.post(own, data=sent)
    assert late.status_code == 422
    assert "这条招聘信息在您打开页面以后又有修改，没有提交。" in late.text
    assert "3000–4000" in late.text
    assert db.session.scalars(sa.select(VettingCase)).all() == []
    again = scene.company.post(own, data={**sent, "version": _carried(late.text)})
    assert again.status_code == 302
    assert _case().subject_id == posting.id


def test_one_press_says_it_in_the_language_of_the_sentence(scene: Scene) -> None:
    def buttons(words: str) -> list[tuple[str, str, str]]:
        asked = f"{scene.home}/hints?field=requirements"
        page = unescape(scene.company.post(asked, data={"requirements": words}).text)
        return re.findall(r'data-wording="([^"]*)"[^>]* data-quote="([^"]*)"(?:.|\n)*?</svg>([^<]*)<', page)

    ((words, quote, label),) = buttons("Bachelor, under 35, good English.")
    assert (words, quote) == ("any age", "under 35")
    assert label.startswith("改为“Any age")
    ((words, quote, label),) = buttons("本科，35岁以下，英语流利。")
    assert (words, quote, label) == ("年龄不限", "35岁以下", "改为“年龄不限”")
    ((words, quote, label),) = buttons("1. 会英语\n2. 已婚已育。\n3. 会开车")
    assert (words, quote, label) == ("", "2. 已婚已育。\n", "删去“已婚已育”")


def test_all_that_is_wrong_is_said_at_once_and_in_its_own_words(scene: Scene) -> None:
    wrong = {"headcount": "0", "salary_min": "9000", "salary_max": "6000", "city": ""}
    page = scene.company.post(f"{scene.home}/new", data=scene.typed(**wrong))
    assert page.status_code == 422

    def said(field: str) -> str:
        return page.text.partition(f'id="{field}-error"')[2].partition("</div>")[0]

    assert "请填写 1 到 9999 之间的人数。" in said("headcount")
    assert "请填写这一项" not in said("headcount")
    assert "薪酬下限不能高于上限。" in said("salary_max")
    assert "请填写这一项" in said("city")
    page = scene.company.post(f"{scene.home}/new", data=scene.typed(headcount=""))
    assert "请填写这一项" in said("headcount")


def test_marks_of_several_universities_are_numbered_through_and_an_old_return_marks_nothing(
    scene: Scene,
) -> None:
    other = factories.university("beihe")
    officer = factories.officer(other, "officer@beihe.example")
    postings.verified(scene.employer, other)
    schools = (scene.school, other)
    first, second = postings.submitted(
        scene.employer, scene.hr, *schools, now=scene.now, requirements="限男性，35岁以下。"
    )
    postings.decide(first, scene.officer, VerdictKind.RETURN, "请修改。", now=scene.now)
    postings.decide(second, officer, VerdictKind.RETURN, "请修改。", now=scene.now)
    posting = db.session.get(Posting, first.subject_id)
    own = f"{scene.home}/{posting.public_id}"
    page = scene.company.get(own).text
    assert page.count("<mark") == 2
    assert (page.count('id="finding-1"'), page.count('id="finding-2"')) == (1, 1)
    sent = {"by": scene.hr.person_id, "now": scene.now}
    actions.revise(posting.id, postings.content(valid_until=campus_day(scene.now)), **sent)
    actions.submit_revision(posting.id, [other.id], **sent)
    page = scene.company.get(own).text
    assert "限男性" in page  # what the first university said of the version before
    assert "<mark" not in page
    assert 'id="finding-1"' not in page


def test_whoever_stated_a_ground_reads_it_again_and_nobody_else(
    scene: Scene, sign_in: Callable[..., FlaskClient]
) -> None:
    case = scene.submit(requirements="限男性，会使用三维设计软件。")
    own = f"{scene.home}/{db.session.get(Posting, case.subject_id).public_id}"
    paper = f"/employer/{scene.employer.public_id}/grounds/{case.public_id}"
    page = scene.company.get(own).text
    assert postings.STATED.ground in page
    assert paper in page
    assert scene.company.get(paper).data == postings.STATUTE.content
    rival = postings.employer(scene.school, name="别的公司")
    stranger = sign_in(postings.recruiter(rival, "hr@other.example", "钱程"))
    assert stranger.get(paper).status_code in {403, 404}
    assert stranger.get(f"/employer/{rival.public_id}/grounds/{case.public_id}").status_code == 404
    assert scene.office.get(paper).status_code in {403, 404}


def test_from_the_first_word_to_the_public_page(scene: Scene, client: FlaskClient) -> None:
    hints = scene.company.post(f"{scene.home}/hints?field=requirements", data=scene.typed()).text
    assert "限男性" in hints
    assert "《妇女权益保障法》" in hints
    assert 'data-wording="性别不限"' in hints
    assert 'data-start="0" data-end="3"' in hints
    asked = f"{scene.home}/hints?field=introduction"
    assert 'data-field="introduction"' in scene.company.post(asked, data={"introduction": "限男性。"}).text
    often = scene.company.post(asked, data={"introduction": "限男性。" * 272}).text
    assert often.count('class="clause-card') == 1
    assert "共 272 处" in often
    assert "272 处都改为“性别不限”" in often
    fee = {"apply_how": "报到前交纳 300 元体检费。"}
    assert (
        'data-field="apply_how"' in scene.company.post(f"{scene.home}/hints?field=apply_how", data=fee).text
    )
    # what is found after saving is also found where it is mended
    again = scene.company.post(f"{scene.home}/new", data={**scene.typed(), **fee, "title": ""}).text
    assert 'data-field="apply_how"' in again

    saved = scene.company.post(f"{scene.home}/new", data=scene.typed())
    assert saved.status_code == 302
    page = scene.company.get(saved.location).text
    assert "有 1 处必须修改" in page
    assert "计算机科学与技术" in page

    bare = scene.company.post(saved.location, data={"schools": scene.school.id})
    assert bare.status_code == 422
    assert "请按建议修改；确有法定依据的" in bare.text
    stated = {"schools": scene.school.id, "ground": "岗位目录第三条"}
    paper = (io.BytesIO(postings.STATUTE.content), "目录.pdf")
    assert scene.company.post(saved.location, data={**stated, "document": paper}).status_code == 302
    case = _case()
    queue = scene.office.get("/nanhu/office/vetting").text
    assert "机械设计工程师" in queue
    assert "建议退回 1 处" in queue
    text = scene.office.get(f"/nanhu/office/vetting/{case.public_id}").text
    assert '<mark class="clause clause-block" id="mark-1">限男性' in text
    assert "江南精密制造有限公司" in text
    assert "岗位目录第三条" in text
    assert "看证明材料：目录.pdf" in text
    document = scene.office.get(f"/nanhu/office/vetting/{case.public_id}/ground")
    assert document.data == postings.STATUTE.content
    assert document.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert document.headers["Cache-Control"] == "no-store"
    public = f"/nanhu/postings/{saved.location.rpartition('/')[2]}"
    assert client.get(public).status_code == 404

    missing = scene.verdict(case, "return")
    assert missing.status_code == 422
    assert "请写明退回原因" in missing.text
    assert scene.verdict(case, "return", "请删去性别限制。").status_code == 302
    page = scene.company.get(saved.location).text
    assert "nanhu大学退回了这条信息" in page
    assert "请删去性别限制。" in page

    edit = f"{saved.location}/edit"
    assert "请删去性别限制。" in scene.company.get(edit).text
    assert scene.company.post(edit, data=scene.typed(requirements="会使用三维设计软件。")).status_code == 302
    scene.company.post(saved.location, data={"schools": scene.school.id})
    assert scene.verdict(_case(), "approve").status_code == 302

    shown = client.get(public)
    assert shown.status_code == 200
    assert "会使用三维设计软件。" in shown.text
    assert '"@type": "JobPosting"' in shown.text
    assert "025-5550 0100" in shown.text
    assert "机械设计工程师" in client.get("/nanhu/postings?city=南京&major=080901&q=机械").text
    assert "没有符合条件的岗位" in client.get("/nanhu/postings?kind=internship").text


def test_a_block_is_lifted_by_two_officers(scene: Scene, sign_in: Callable[..., FlaskClient]) -> None:
    case = scene.submit(requirements="限男性。")
    refused = scene.verdict(case, "approve", "同意")
    assert refused.status_code == 422
    assert "提请另一位老师放行" in refused.text
    assert scene.verdict(case, "lift", "属法定禁忌劳动范围").status_code == 302
    assert "放行是您提出的，须由另一位老师复核。" in scene.office.get(_path(case)).text
    director = factories.account("director@nanhu.example", "赵主任")
    factories.role(director, RoleKind.CAREER_DIRECTOR, university_id=scene.school.id)
    scene.office = sign_in(director)
    assert "写明法定依据" in scene.verdict(_case(), "approve").text
    assert scene.verdict(_case(), "approve", "同意，见附录").status_code == 302
    assert "赵主任" in scene.office.get(_path(case)).text
    assert "（100%）" in scene.office.get("/nanhu/office/rulebook").text
    book = scene.office.get("/nanhu/office/rulebook/gender").text
    assert "未采纳 1 次（100%）" in book
    why = scene.office.get(f"/nanhu/office/rulebook/overruled?rule={queries.findings(case.id)[0].rule}").text
    assert "同意，见附录" in why


def _path(case: VettingCase) -> str:
    return f"/nanhu/office/vetting/{case.public_id}"


def test_everything_that_a_decision_lacks_is_named_at_once(scene: Scene) -> None:
    case = scene.submit(requirements="限男性，身高175cm以上。")
    one, other = (finding.id for finding in queries.findings(case.id))
    sent = {
        "version": case.version,
        "verdict": "return",
        "overruled": [one, other],
        f"why-{other}": "下水作业",
    }
    answer = scene.office.post(_path(case), data=sent)
    assert answer.status_code == 422
    summary = answer.text.partition("error-summary")[2].partition("</ul>")[0]
    assert f'<a href="#why-{one}">请写明为什么“限男性”不用修改。</a>' in summary
    assert "给单位的说明" in summary
    assert answer.text.count("请写明为什么“限男性”不用修改。") == 2  # above, and at its place
    assert f'href="#why-{other}"' not in summary
    reasoned = scene.office.post(_path(case), data={**sent, "reason": "请写明薪酬。"})
    assert reasoned.status_code == 422
    assert reasoned.text.count("请写明为什么“限男性”不用修改。") == 2


def test_who_comes_second_reads_who_decided(scene: Scene) -> None:
    case = scene.submit()
    stale = case.version
    postings.decide(case, scene.officer, VerdictKind.RETURN, "请写清楚。", now=scene.now)
    path = f"/nanhu/office/vetting/{case.public_id}"
    second = scene.office.post(path, data={"version": stale, "verdict": "approve"})
    assert second.status_code == 409
    assert "您刚刚退回了这条内容。" in second.text
    pick = {"pick": f"{case.public_id}:{stale}"}
    assert scene.office.post("/nanhu/office/vetting/approve", data=pick).status_code == 409


def test_others_find_nothing(scene: Scene, sign_in: Callable[..., FlaskClient], client: FlaskClient) -> None:
    case = scene.submit()
    public_id = scene.publish()
    other = factories.university("beihu")
    stranger = sign_in(factories.officer(other, "o@beihu.example"))
    rival = postings.employer(other, name="别家公司")
    competitor = sign_in(postings.recruiter(rival, "hr@rival.example"))
    for path in ("office/vetting", f"office/vetting/{case.public_id}"):
        assert stranger.get(f"/nanhu/{path}").status_code == 404
    assert stranger.get(f"/beihu/office/vetting/{case.public_id}").status_code == 404
    for path in ("", "/new", f"/{public_id}", f"/{public_id}/edit"):
        assert competitor.get(scene.home + path).status_code == 404
    assert competitor.get(f"/employer/{rival.public_id}/postings/{public_id}").status_code == 404
    assert client.get(f"/beihu/postings/{public_id}").status_code == 404
    assert client.get(f"/nanhu/postings/{public_id}").status_code == 200
    assert client.get(scene.home).status_code == 302


def test_a_draft_may_be_incomplete_and_a_submission_may_not(scene: Scene) -> None:
    empty = {"kind": "job", "title": "测试工程师"}
    refused = scene.company.post(f"{scene.home}/new", data=empty)
    assert refused.status_code == 422
    assert "请写明基本薪酬" in refused.text
    saved = scene.company.post(f"{scene.home}/new", data=empty | {"draft": "1"})
    assert saved.status_code == 302
    page = scene.company.get(saved.location).text
    assert "请先补充：工作内容、任职要求、工作地点、基本薪酬、需求人数、有效期。" in page
    copy = scene.company.get(f"{scene.home}/new?copy={saved.location.rpartition('/')[2]}").text
    assert 'value="测试工程师"' in copy


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"majors": "炼金术"}, "没有找到专业：炼金术"),
        ({"salary_min": "9000", "salary_max": "8000"}, "薪酬下限不能高于上限"),
        ({"valid_until": "2099-01-01"}, "有效期须在今天之后、一年以内"),
        ({"headcount": "0"}, "请填写"),
    ],
)
def test_wrong_input_is_explained_at_its_field(scene: Scene, values: dict[str, str], sentence: str) -> None:
    answer = scene.company.post(f"{scene.home}/new", data=scene.typed(**values))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "负责产线夹具设计" in answer.text
    assert db.session.scalars(sa.select(PostingRevision)).all() == []


def test_withdrawn_posting_is_gone_in_words(scene: Scene, client: FlaskClient) -> None:
    public_id = scene.publish()
    assert scene.company.post(f"{scene.home}/{public_id}/withdraw").status_code == 422
    scene.company.post(f"{scene.home}/{public_id}/withdraw", data={"reason": "已招满"})
    gone = client.get(f"/nanhu/postings/{public_id}")
    assert gone.status_code == 410
    assert "已到期或已撤下" in gone.text
    assert "已撤下" in scene.company.get(scene.home).text


def test_appeal_from_the_employers_page(scene: Scene) -> None:
    case = scene.submit()
    public_id = db.session.get(Posting, case.subject_id).public_id
    scene.verdict(case, "reject", "不适合校园发布。")
    path = f"{scene.home}/{public_id}/appeal/nanhu"
    assert "请写明申诉依据" in scene.company.post(path, data={"reason": ""}).text
    assert scene.company.post(path, data={"reason": "见招聘公告第三条"}).status_code == 302
    assert "申诉和待复核" in scene.office.get("/nanhu/office/vetting?state=appealed").text
    refused = scene.verdict(_case(), "approve")
    assert "申诉须由另一位老师处理" in refused.text


def test_bulk_approval_from_the_queue(scene: Scene, client: FlaskClient) -> None:
    cases = [scene.submit(title=f"岗位{number}", majors=("080901",)) for number in range(3)]
    page = scene.office.get("/nanhu/office/vetting").text
    assert page.count('name="pick"') == 3
    pick = [f"{case.public_id}:{case.version}" for case in cases[:2]]
    blind = scene.office.post("/nanhu/office/vetting/approve", data={"pick": pick})
    assert blind.status_code == 409
    assert "先看过每一条的标题和内容" in blind.text
    ids = [case.public_id for case in cases[:2]]
    read = scene.office.get("/nanhu/office/vetting/together", query_string={"pick": ids}).text
    assert all(text in read for text in ("岗位0", "岗位1", *cases[0].text.values()))
    assert "岗位2" not in read
    assert (
        read.count("<dt>薪酬（税前）</dt>")
        == read.count("<dt>需求人数</dt>")
        == read.count("<dt>有效期至</dt>")
        == 2
    )
    assert read.count("计算机科学与技术") == 2
    note = re.search('name="shown" value="([^"]+)"', read)[1]
    sent = {"pick": pick, "shown": note}
    assert scene.office.post("/nanhu/office/vetting/approve", data=sent).status_code == 302
    assert "已通过 2 条招聘信息。" in scene.office.get("/nanhu/office/vetting").text
    assert "共 2 个岗位" in client.get("/nanhu/postings").text


def test_lists_ask_a_constant_number_of_queries(scene: Scene, client: FlaskClient) -> None:
    pages = [
        (client, "/nanhu/postings"),
        (scene.company, scene.home),
        (scene.office, "/nanhu/office/vetting"),
        (scene.office, "/nanhu/office/vetting/together"),
    ]

    def counts() -> list[int]:
        asked: list[str] = []
        listen = (db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
        sa.event.listen(*listen)
        totals = []
        for browser, path in pages:
            asked.clear()
            assert browser.get(path).status_code == 200
            totals.append(len([text for text in asked if text.startswith("SELECT")]))
        sa.event.remove(*listen)
        return totals

    def add(count: int) -> None:
        for number in range(count):
            scene.publish(title=f"岗位{number}", requirements="能熬夜。")
            scene.submit(requirements="35岁以下。", kind="internship")
            scene.submit(title=f"清楚的岗位{number}", requirements="能熬夜。")

    add(2)
    few = counts()
    add(7)  # more would pass the day's limit
    assert counts() == few


@pytest.mark.parametrize(
    ("verdict", "subject", "said"),
    [
        (VerdictKind.APPROVE, "“仓储主管”已通过nanhu大学审核", "学生现在就能看到"),
        (VerdictKind.RETURN, "“仓储主管”被nanhu大学退回，请修改", "- “35岁以下”"),
        (VerdictKind.REJECT, "“仓储主管”没有通过nanhu大学审核", "原因：请写清楚。"),
    ],
)
def test_mails_name_the_posting_and_where_to_go(
    app: Flask, scene: Scene, verdict: VerdictKind, subject: str, said: str
) -> None:
    case = scene.submit(title="仓储主管", requirements="35岁以下。")
    postings.decide(case, scene.officer, verdict, "请写清楚。", now=scene.now)
    message = db.session.scalars(sa.select(Message)).one()
    letter = render(app, message.id, scene.now)
    public_id = db.session.get(Posting, case.subject_id).public_id
    assert letter.subject == subject
    assert said in letter.body
    assert f"{scene.home}/{public_id}" in letter.body


def test_an_officer_stops_showing_what_was_approved(scene: Scene) -> None:
    case = scene.submit(requirements="会使用三维设计软件。")
    scene.verdict(case, "approve")
    page = f"/nanhu/office/vetting/{case.public_id}"
    assert "停止展示这条招聘信息" in scene.office.get(page).text
    assert "请写明停止展示的原因" in scene.office.post(f"{page}/take-down", data={"why": ""}).text
    assert scene.office.post(f"{page}/take-down", data={"why": "点错了。"}).status_code == 302
    assert "停止展示这条招聘信息" not in scene.office.get(page).text


def test_a_barred_employer_does_not_read_that_students_see_it(scene: Scene) -> None:
    public_id = scene.publish()

    @transaction
    def bar() -> None:
        standing = employers.standing(scene.employer.id, scene.school.id)
        assert standing is not None
        standing.state = StandingState.SUSPENDED

    bar()
    for page in (scene.home, f"{scene.home}/{public_id}", "/nanhu/office/postings"):
        reader = scene.office if "office" in page else scene.company
        assert "单位受限，暂不展示" in reader.get(page).text
    assert "学生可以看到这条招聘信息" not in scene.company.get(f"{scene.home}/{public_id}").text
    assert "查看并提交书面说明" in scene.company.get("/").text


def test_the_first_page_tells_of_what_was_sent_back(scene: Scene) -> None:
    case = scene.submit(requirements="35岁以下。")
    assert "条招聘信息被退回" not in scene.company.get("/").text
    scene.verdict(case, "return", "请删去年龄限制。")
    assert "1 条招聘信息被退回" in scene.company.get("/").text

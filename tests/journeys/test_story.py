"""The story: from an empty month to the figures of a fair, by five people in browsers, on both databases."""

import base64
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, expect

from fairs import clock
from fairs.accounts import actions as accounts
from fairs.accounts.models import Account
from fairs.accounts.rules import Grant, RoleKind
from fairs.database import db
from fairs.files.sheets import write_xlsx
from fairs.institutions import actions as institutions
from fairs.messages.delivery import deliver_due
from fairs.reminders import actions as reminders
from fairs.tasks import worker
from fairs.venues import actions as venues
from fairs.venues.rules import SpaceKind
from tests.factories import employers as made
from tests.journeys.people import DESK, PHONE, Someone

pytestmark = pytest.mark.journey

PASSWORD = "a-long-password-2026"
FAIR, OTHER = "计算机类专场招聘会", "机械类专场招聘会"
FIRM = "青禾智能科技有限公司"
PLANNING = datetime(2026, 11, 9, 10, 0, tzinfo=clock.CAMPUS)
EVE = datetime(2026, 11, 20, 9, 1, tzinfo=clock.CAMPUS)
DAY = datetime(2026, 11, 21, 9, 5, tzinfo=clock.CAMPUS)


class Clock:
    """The clock on campus, which goes on from where the story has come to."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._real = clock.now

    def now(self) -> datetime:
        """The time of the story."""
        return self._real() + self.ahead

    def goes_to(self, moment: datetime) -> None:
        """It is now ``moment``."""
        self.ahead = moment - self._real()


class Story:
    """The people, the place and the papers."""

    def __init__(self, app: Flask, browser: Browser, live: str, faults: list[str], papers: Path) -> None:
        self.app, self.browser, self.live, self.faults, self.papers = app, browser, live, faults, papers
        self.there: list[Someone] = []
        self.tickets: dict[str, str] = {}
        self.officer = self.someone("officer", DESK)
        self.security = self.someone("security", DESK)
        self.employer, self.student, self.door = map(self.someone, ("employer", "student", "door"))

    def someone(self, name: str, size: dict[str, int] = PHONE) -> Someone:
        """Somebody with a browser of their own: a phone, unless they sit at a desk."""
        self.there.append(Someone(name, self.browser, self.live, self.faults, size))
        return self.there[-1]

    def work(self) -> None:
        """The background tasks that wait are done now."""
        while worker.do_next(self.app, "test"):
            pass
        db.session.rollback()

    def post(self) -> None:
        """Reminders are planned and everything due is delivered."""
        reminders.plan_due(clock.now())
        deliver_due(self.app, "test", clock.now())
        db.session.rollback()


@pytest.fixture
def campus(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A university with two departments, a hall and its staff's accounts, on the day when the month is planned."""
    ours = Clock()
    monkeypatch.setattr(clock, "now", ours.now)
    ours.goes_to(PLANNING)
    school = institutions.add_university(
        "10901", "nanhu", "南湖大学", phone="025-5550 0101", mail="jubao@nanhu.example"
    )
    place = institutions.add_campus(school.id, "主校区", "大学路 1 号")
    for code, name, major in (
        ("CS", "计算机学院", ("080901", "计算机科学与技术")),
        ("ME", "机械学院", ("080202", "机械设计制造")),
    ):
        department = institutions.add_department(school.id, code, name)
        institutions.add_major(department.id, *major)
    officer = _staff(school.id, RoleKind.CAREER_OFFICER, "chen@nanhu.example", "陈老师")
    _staff(school.id, RoleKind.CAMPUS_SECURITY, "liu@nanhu.example", "刘科长")
    hall = venues.SpaceDraft(campus_id=place.id, kind=SpaceKind.HALL, name="体育馆", net_area=1600.0)
    venues.create_space(hall, university_id=school.id, by=officer, now=clock.now())
    return ours


def _staff(university_id: int, kind: RoleKind, login: str, name: str) -> int:
    person = accounts.create_person(name, email=login, login=login)
    accounts.grant_role(person.id, Grant(kind=kind, university_id=university_id), by=None, now=clock.now())
    accounts.set_password(_account(login).id, PASSWORD)
    return person.id


def _account(login: str) -> Account:
    return db.session.scalars(sa.select(Account).where(Account.login == login)).one()


@pytest.fixture
def story(
    app: Flask, browser: Browser, live: str, faults: list[str], campus: Clock, tmp_path: Path
) -> Iterator[Story]:
    told = Story(app, browser, live, faults, tmp_path)
    yield told
    for person in told.there:
        person.shows("last")
        person.leaves()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_the_story(story: Story, campus: Clock) -> None:
    the_officer_imports_the_students(story)
    the_officer_plans_a_month_with_two_fairs(story)
    an_employer_registers_and_is_returned_once(story)
    the_employer_words_a_posting_lawfully(story)
    the_gates_are_signed_and_the_fair_opens(story)
    the_employer_gets_a_booth(story)
    the_student_books(story)
    the_calendar_and_the_reminders_arrive(story, campus)
    campus.goes_to(DAY)
    the_door_answers_everybody(story, campus)
    the_fair_page_counts(story)


# 1 ---- the officer prepares ----


def the_officer_imports_the_students(story: Story) -> None:
    officer = story.officer
    officer.signs_in("chen@nanhu.example", PASSWORD)
    officer.sees("没有等您处理的事项。")
    officer.shows("home")
    officer.follows("学生")
    officer.follows("导入学生")
    sheet = story.papers / "学生名单.xlsx"
    headings = ["学号", "姓名", "院系", "专业", "学历层次", "毕业年份", "邮箱"]
    rows = [
        ["202300010001", "李小雨", "计算机学院", "计算机科学与技术", "本科", "2027", "xiaoyu@nanhu.example"],
        ["202300010002", "王小满", "计算机学院", "计算机科学与技术", "本科", "2027", ""],
        ["202300010003", "赵晓晴", "机械学院", "机械设计制造", "硕士", "2027", ""],
    ]
    sheet.write_bytes(write_xlsx("学生名单", headings, rows))
    officer.page.locator("input[type=file]").set_input_files(sheet)
    officer.presses("上传并预览")
    officer.sees(re.compile("新增 3 人"))
    officer.ticks("给新增的学生发送激活链接")
    officer.shows("preview")
    officer.presses("确认导入")
    story.work()
    officer.sees("已完成")
    officer.shows("imported")
    officer.follows("查看结果")
    officer.sees("赵晓晴")


def the_officer_plans_a_month_with_two_fairs(story: Story) -> None:
    officer = story.officer
    officer.follows("系列")
    officer.follows("新建系列")
    officer.fills(名称="2027届校园招聘月", 主题="就业向未来", 开始日期="2026-11-10", 结束日期="2026-12-09")
    officer.presses("保存")
    officer.sees("系列活动已建立。")
    _plan_fair(officer, FAIR, "计算机科学与技术", "09:00", "12:00")
    officer.follows("2027届校园招聘月")
    _plan_fair(officer, OTHER, "机械设计制造", "14:00", "17:00")


def _plan_fair(officer: Someone, title: str, major: str, starts: str, ends: str) -> None:
    officer.page.get_by_role("link", name="新建活动").first.click()
    officer.fills(活动名称=title, 日期="2026-11-21", 开始时间=starts, 结束时间=ends)
    officer.chooses(活动类型="专场招聘会", 场地="体育馆（可容纳 1200 人）")
    officer.fills(分几个入场时段="3", 每个时段名额="40")
    officer.unfolds("面向专业")
    officer.ticks(major)
    officer.unfolds("招聘会设置")
    officer.fills(预计参加人数="120", 单位申请截止="2026-11-18")
    officer.unfolds("主办和承办单位")
    officer.fills(承办单位="南湖大学就业指导中心")
    officer.shows("event-form")
    officer.presses("保存为草稿")
    officer.sees("活动已建立（草稿）。")
    officer.follows("去办理：展位图")
    officer.fills(展位总数="12", 每排展位="6", 其中带电源="6", 其中无障碍="2")
    officer.presses("生成展位图")
    officer.presses("发布展位图")
    officer.shows("plan")
    officer.follows("概览")
    officer.presses("提交审核")
    officer.shows("in-review")


# 2 ---- the employer becomes known ----


def an_employer_registers_and_is_returned_once(story: Story) -> None:
    employer, officer = story.employer, story.officer
    code = made.code()
    employer.opens()
    employer.shows("visitors")
    employer.follows("单位注册")
    employer.fills(统一社会信用代码=code[:-1])
    employer.sees("已输入 17 位，共 18 位。")
    employer.fills(统一社会信用代码=code)
    employer.sees("代码格式正确，可以注册。")
    employer.shows("code")
    employer.presses("下一步")
    employer.fills(单位全称="青禾智能科技公司")
    employer.chooses(
        单位类型="企业", 所有制="民营", 规模="中型", 行业="软件和信息技术服务业", 所在地区="江苏"
    )
    employer.presses("下一步")
    employer.fills(姓名="周经理", 手机或座机="13800001111", 邮箱="zhou@qinghe.example", 设置密码=PASSWORD)
    employer.shows("contact")
    employer.presses("保存，下一步上传材料")
    employer.agrees()
    for _ in range(3):
        employer.page.locator(".row-next .btn-primary").click()
        employer.page.locator("input[type=file]").set_input_files(_paper(story.papers))
        employer.presses("上传")
    employer.shows("papers")
    employer.follows("核对并提交")
    employer.presses("提交审核")
    employer.sees(re.compile("待审核"))
    employer.shows("handed-in")

    officer.follows("首页")
    officer.shows("queue")
    officer.page.get_by_role("link", name=re.compile("单位资质待审核")).click()
    officer.follows("审核", "table")
    officer.ticks("单位名称与营业执照不一致，请逐字核对。")
    officer.shows("papers")
    officer.presses("退回修改")

    employer.page.reload()
    employer.sees("单位名称与营业执照不一致，请逐字核对。")
    employer.shows("returned")
    employer.follows("修改后一键重新提交")
    employer.follows("修改资料")
    employer.fills(单位全称=FIRM)
    employer.presses("保存")
    employer.follows("修改后一键重新提交")
    employer.presses("重新提交")

    officer.follows("单位")
    officer.follows("审核", "table")
    officer.ticks(re.compile("已在公示系统核对"))
    officer.presses("通过", "#decision")
    officer.sees("没有等待审核的单位。")


def _paper(folder: Path) -> Path:
    paper = folder / "材料.png"
    paper.write_bytes(made.PNG)
    return paper


# 3 ---- the posting ----


def the_employer_words_a_posting_lawfully(story: Story) -> None:
    employer, officer = story.employer, story.officer
    employer.follows("首页")
    employer.shows("checklist")
    employer.follows("去办理：发布招聘信息")
    employer.follows("写招聘信息")
    employer.fills(岗位名称="后端开发工程师", 需求人数="6", 工作地点="南京市", 薪酬说明="月薪 9000 元起")
    employer.fills(
        工作内容="负责招聘系统的后端开发和维护。", 有效期至="2027-03-31", 专业要求="计算机科学与技术"
    )
    employer.field("任职要求").press_sequentially("限男性，熟悉 Python 和数据库。", delay=5)
    hint = employer.page.locator("#requirements-hints")
    employer.sees("性别", "#requirements-hints")
    employer.shows("hint")
    hint.get_by_role("button", name=re.compile("改为|删去")).first.click()
    expect(employer.field("任职要求")).not_to_have_value(re.compile("限男性"))
    employer.sees("没有发现需要修改的内容", "#requirements-hints")
    employer.shows("reworded")
    employer.presses("保存并核对")
    employer.shows("to-hand-in")
    employer.presses("提交审核")
    employer.sees("审核中")

    officer.follows("首页")
    officer.page.get_by_role("link", name=re.compile("招聘信息待审核")).click()
    officer.follows("从第一条开始")
    officer.sees("没有发现需要修改的内容", ".decide")
    officer.shows("vetting")
    officer.presses(re.compile("通过并发布"))

    employer.follows("后端开发工程师")
    employer.follows("看学生看到的页面")
    employer.sees("后端开发工程师")
    employer.shows("public")


# 4 ---- gates, opening, booth ----


def the_gates_are_signed_and_the_fair_opens(story: Story) -> None:
    officer, security = story.officer, story.security
    security.signs_in("liu@nanhu.example", PASSWORD)
    for title in (FAIR, OTHER):
        security.follows("首页")
        security.page.get_by_role("link", name=re.compile(f"安全工作方案待审批.*{title}")).click()
        security.shows("gates")
        security.presses("同意并签署")
        security.sees("已签署，签署人和时间已记录。")

        officer.follows("活动")
        officer.follows(title)
        officer.follows("开放前审核")
        while officer.page.get_by_role("button", name="同意并签署").count():
            officer.presses("同意并签署")
        officer.shows("signed")
        officer.follows("概览")
        officer.presses("开放报名")
        officer.sees("报名中")
    officer.shows("open")


def the_employer_gets_a_booth(story: Story) -> None:
    employer, officer = story.employer, story.officer
    employer.follows("首页")
    employer.follows("去办理：申请展位并确认")
    row = employer.page.get_by_role("row").filter(has_text=FAIR)
    row.get_by_role("link", name="申请展位").click()
    employer.ticks(re.compile("后端开发工程师"))
    employer.ticks("需要电源")
    employer.shows("request")
    employer.presses("提交申请")
    employer.sees("申请已提交，等待安排展位")

    officer.follows("首页")
    officer.page.get_by_role("link", name=re.compile("展位申请待分配")).click()
    officer.shows("requests")
    officer.presses("自动安排展位")
    story.work()
    officer.follows("查看结果")
    officer.sees("等待单位确认")
    officer.shows("allocated")

    employer.page.reload()
    employer.shows("offer")
    employer.presses("确认参会")
    employer.follows("登记参会人员")
    employer.fills(姓名="周经理", 手机号="13800001111")
    employer.presses("添加")
    employer.follows("返回展位")
    employer.shows("confirmed")


# 5 ---- the student ----


def the_student_books(story: Story) -> None:
    student = story.student
    joins(student, "202300010001")
    student.sees("面向您的专业")
    student.shows("home")
    ticket = books(student, FAIR)
    expect(student.page.locator("#ticket-kept")).to_be_visible()
    student.shows("ticket")
    student.context.set_offline(True)
    student.page.reload()
    student.sees(ticket)
    expect(student.page.locator("#ticket-live svg path")).to_be_attached()
    student.shows("ticket-offline")
    student.context.set_offline(False)
    story.tickets["mine"] = ticket

    friend = story.someone("friend")
    joins(friend, "202300010002")
    story.tickets["cancelled"] = books(friend, FAIR)
    friend.presses("取消预约")
    friend.sees(re.compile("名额已让给其他同学"))
    friend.shows("cancelled")

    engineer = story.someone("engineer")
    joins(engineer, "202300010003")
    story.tickets["other"] = books(engineer, OTHER)


def joins(student: Someone, number: str) -> None:
    """The mailed link, a password, the notice."""
    student.opens(f"/activate/{accounts.activation_token(_account(f'{number}@nanhu'))}")
    student.fills(新密码=PASSWORD, 再输入一次=PASSWORD)
    student.presses("设置密码")
    student.fills(登录名=number, 密码=PASSWORD)
    student.presses("登录", "main")
    student.sees("个人信息处理说明（第 1 版）")
    student.shows("notice")
    student.agrees()


def books(student: Someone, title: str) -> str:
    """From the list of fairs that fit to a ticket; its number."""
    student.follows(title)
    student.shows("event")
    student.presses("预约")
    student.sees("预约成功。请在出发前打开一次票面，之后没有网络也能出示。")
    return student.page.locator(".ticket-number strong").inner_text()


# 6 ---- calendar and reminders ----


def the_calendar_and_the_reminders_arrive(story: Story, campus: Clock) -> None:
    student, officer = story.student, story.officer
    student.page.reload()
    student.follows("看参会单位和展位图")
    student.sees(FIRM)
    student.shows("fair")
    student.presses("加入日历")
    feed = student.page.get_by_role("link", name="订阅（会自动更新）").get_attribute("href") or ""
    _holds(student, feed.replace("webcal:", "http:"), FAIR)
    student.page.keyboard.press("Escape")
    student.follows("日历")
    student.presses("生成私人链接")
    student.shows("private-link")
    _holds(student, student.field("订阅链接").input_value(), FAIR)

    campus.goes_to(EVE)
    story.post()
    student.follows("消息")
    student.shows("inbox")
    student.page.get_by_role("link", name=re.compile(f"明天.*{FAIR}")).click()
    student.sees(re.compile("您预约的活动快到了"))
    student.shows("reminder")
    officer.follows("消息")
    officer.shows("sent")
    officer.sees(re.compile(f"明天.*{FAIR}"))


def _holds(student: Someone, url: str, title: str) -> None:
    answer = student.context.request.get(url)
    assert answer.ok, f"{answer.status} {url}"
    [entry] = icalendar.Calendar.from_ical(answer.body()).walk("VEVENT")
    assert title in entry["SUMMARY"]
    assert entry.decoded("DTSTART").date() == DAY.date()


# 7 ---- the door ----


def the_door_answers_everybody(story: Story, campus: Clock) -> None:
    officer, door = story.officer, story.door
    officer.follows("活动")
    officer.follows(FAIR)
    officer.presses("截止报名")
    officer.presses("开始活动")
    officer.follows("检票")
    officer.shows("door-empty")
    officer.follows("设置入口")
    officer.fills(入口名称="北门")
    officer.presses("保存入口")
    officer.follows("发通行证")
    officer.fills(交给谁="志愿者小林的手机")
    officer.presses("生成通行证")
    officer.shows("pass")
    door.context.clock.install(time=clock.now())  # a day pass ends by the phone's own clock
    door.opens(officer.page.locator("#pass-link").inner_text())
    door.page.wait_for_function("() => document.getElementById('door')?.dataset.ready")
    door.shows("scanner")

    student = story.student
    student.follows("我的预约")
    student.follows(FAIR)
    for step, code, tone, sentence in (
        ("nonsense", "0000000000000", "red", "没有这张票，请改用票号或学号查询"),
        ("other", story.tickets["other"], "red", "这是其他活动的票，请查看票面上的活动名称"),
        ("cancelled", story.tickets["cancelled"], "red", "此报名已取消，如需入场请到咨询台办理"),
    ):
        door.field("票号或学号").fill(code)
        door.presses("查验")
        answers(door, step, tone, sentence)
    door.page.keyboard.type(on_screen(student, door))
    door.page.keyboard.press("Enter")
    answers(door, "in", "green", "请入场")
    expect(door.page.locator("#door-inside")).to_have_text("1")
    campus.goes_to(DAY + timedelta(minutes=3))
    door.field("票号或学号").fill(story.tickets["mine"])
    door.presses("查验")
    answers(door, "again", "amber", "此票已入场，请查看入场时间和入口，核对证件")


def answers(door: Someone, step: str, tone: str, sentence: str) -> None:
    """The whole screen says it, in its colour; a tap goes on to the next."""
    result = door.page.locator("#door-result")
    expect(result).to_have_attribute("data-tone", tone)
    expect(door.page.locator("#door-sentence")).to_have_text(sentence)
    door.shows(step)
    result.click()
    expect(result).to_be_hidden()


def on_screen(student: Someone, door: Someone) -> str:
    """What the scanner's own reader reads from the phone's screen."""
    square = student.page.locator("#ticket-live svg")
    expect(square.locator("path")).to_be_attached()
    read: str = door.page.evaluate(
        """async (picture) => {
          const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
          const { BarcodeDetector, prepareZXingModule } = BarcodeDetectionAPI;
          const { wasm } = document.getElementById("door").dataset;
          prepareZXingModule({ overrides: { locateFile: () => wasm } });
          const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          return (await new BarcodeDetector({ formats: ["qr_code"] }).detect(image))[0].rawValue;
        }""",
        base64.b64encode(square.screenshot()).decode(),
    )
    return read


# 8 ---- the figures ----


def the_fair_page_counts(story: Story) -> None:
    student = story.student
    student.follows("看参会单位和展位图")
    figures = student.page.locator(".figure")
    for label, figure in (
        ("参会单位", "1"),
        ("岗位需求", "6"),
        ("已预约", "1"),
        ("到场人数", "1"),
        ("到场人次", "1"),
    ):
        expect(figures.filter(has_text=label).locator(".num")).to_have_text(figure)
    student.sees(FIRM)
    student.shows("figures")
    story.officer.follows("检票入口")
    story.officer.shows("door-live")

"""The story from the first booking to the figures: students, the calendar, the door."""

import base64
import re
from datetime import timedelta

import icalendar
from playwright.sync_api import expect

from fairs import clock
from fairs.accounts import actions as accounts
from tests.clocks import Clock
from tests.journeys.people import Someone
from tests.journeys.story import DAY, EVE, FAIR, FIRM, OTHER, PASSWORD, Story, account

# ---- the student ----


def the_student_books(story: Story) -> None:
    student = story.student
    joins(student, "202300010001")
    student.sees(re.compile("面向您的专业"))
    student.sees(re.compile("主要面向其他学生"))
    student.shows("home")
    ticket = books(student, FAIR)
    expect(student.page.locator("#ticket-kept")).to_be_visible()
    student.shows("ticket")
    student.context.set_offline(True)
    student.page.reload()
    student.sees(ticket)
    student.sees("主校区 体育馆", ".ticket")
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
    student.opens(f"/activate/{accounts.activation_token(account(f'{number}@nanhu'))}")
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


# ---- calendar and reminders ----


def the_calendar_and_the_reminders_arrive(story: Story, campus: Clock) -> None:
    student, officer = story.student, story.officer
    student.page.reload()
    student.page.wait_for_load_state("networkidle")  # the ticket renews itself; a press meanwhile is lost
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
    employer = story.employer
    employer.follows("招聘会与展位")
    employer.follows("订阅到我的日历")
    employer.presses("生成私人链接")
    employer.shows("private-link")
    _holds(employer, employer.field("订阅链接").input_value(), FAIR)

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
    assert "体育馆" in entry["LOCATION"]
    assert entry.decoded("DTSTART").date() == DAY.date()


# ---- the door ----


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


# ---- the figures ----


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

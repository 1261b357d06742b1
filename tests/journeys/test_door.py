"""Journeys T3, T5 and G1 to G7: from booking on a phone to the green screen at the gate, with and without network."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import qrcode
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from fairs import clock
from fairs.accounts.models import Account
from fairs.checkin import actions, queries
from fairs.checkin.models import Scan
from fairs.checkin.rules import Direction, ScanMode, Verdict
from fairs.database import db
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event
from fairs.registrations import actions as booking
from fairs.registrations import queries as registrations
from fairs.registrations import ticketing, tickets
from fairs.registrations.models import Registration
from tests import factories
from tests.factories import checkin as door
from tests.factories import registrations as made

pytestmark = pytest.mark.journey
TESTS = Path(__file__).resolve().parent.parent


@dataclass
class Fair:
    """A fair that is on, a student with a place, and the link of a gate's day pass."""

    event: Event
    student: Account
    mine: Registration
    link: str
    pass_id: int
    gate_id: int

    @property
    def ticket(self) -> str:
        """The path of the student's ticket."""
        return f"/nanhu/tickets/{self.mine.public_id}"

    def printed(self) -> str:
        """The token on paper, which does not change while the film of a camera is made."""
        ticket = registrations.ticket_of(self.mine.id)
        key = ticketing.key_bytes(registrations.fair_key(self.event.id))
        return tickets.printed_token(
            tickets.printed_secret(key, ticket.code), ticket.key_version, ticket.code
        )

    def code(self) -> str:
        """What the phone shows now."""
        return door.shown(self.mine, clock.now())


@pytest.fixture
def fair(app: Flask) -> Fair:
    now = clock.now()
    school = factories.university()
    department = factories.department(school)
    event = made.open_event(school, now - timedelta(minutes=10))
    day = programmes.occurrences(event.id)[0]
    slot = made.slot(day, 2)
    made.slot(day, 3, 1)
    student = made.student(department)
    mine = booking.book(slot.id, student.person_id, now)
    gate = door.gate(event, door.hall(school), now)
    issued = door.device(gate, now)
    return Fair(event, student, mine, f"/door/{issued.token}", issued.device_pass.id, gate.id)


def film(text: str, path: Path) -> Path:
    """A film for the fake camera that shows one QR code."""
    code = qrcode.QRCode(border=4, box_size=8)
    code.add_data(text)
    code.make()
    picture = code.make_image().get_image().convert("RGB")
    frame = Image.new("RGB", (640, 480), "white")
    frame.paste(picture, ((640 - picture.width) // 2, (480 - picture.height) // 2))
    data = io.BytesIO()
    frame.save(data, "JPEG", quality=90)
    path.write_bytes(data.getvalue() * 10)
    return path


def ready(page: Page) -> None:
    """Wait until the scanner has its list."""
    page.wait_for_function("() => document.getElementById('door').dataset.ready")


def forgotten(page: Page, path: str) -> bool:
    """Whether the phone lets go of a page within half a minute (a predicate that is async is never waited for)."""
    for _ in range(300):
        if not page.evaluate("async (path) => Boolean(await caches.match(path))", path):
            return True
        page.wait_for_timeout(100)
    return False


def asked_to_keep(page: Page, files: list[str]) -> str:
    """What the service worker says when it shall keep the scanner with these files."""
    ask = """async (files) => {
        const { port1, port2 } = new MessageChannel();
        const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
        navigator.serviceWorker.controller.postMessage({ keep: "/door", files }, [port2]);
        return await answer;
    }"""
    return str(page.evaluate(ask, files))


def scans() -> list[Scan]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Scan).order_by(Scan.id)))


def test_a_student_books_waits_and_moves(fair: Fair, open_page: Callable[..., Page]) -> None:
    department = db.session.scalars(sa.select(factories.Department)).first()
    other = made.student(department, 2, "王小满")
    page = open_page(f"/nanhu/events/{fair.event.public_id}/book", other)
    page.get_by_role("button", name="预约").first.click()
    expect(page.get_by_text("预约成功")).to_be_visible()
    expect(page.locator("#ticket-live svg path")).to_be_attached()
    page.get_by_role("button", name="换到这里").click()
    expect(page.get_by_text("已更换时段")).to_be_visible()
    page.get_by_role("button", name="取消预约").click()
    expect(page.get_by_text("名额已让给其他同学")).to_be_visible()
    page.goto(page.url.replace("/me/season", f"/nanhu/events/{fair.event.public_id}/book"))
    expect(page.get_by_role("button", name="预约").first).to_be_visible()


def test_an_opened_ticket_opens_without_network_and_shows_a_good_code(
    fair: Fair, open_page: Callable[..., Page], live: str
) -> None:
    page = open_page(fair.ticket, fair.student)
    expect(page.locator("#ticket-kept")).to_be_visible()
    shown = tickets.spell(registrations.ticket_of(fair.mine.id).code)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#ticket-live svg path")).to_be_attached()
    expect(page.get_by_text(shown)).to_be_visible()
    assert page.locator(".ticket").evaluate("(box) => getComputedStyle(box).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    page.context.set_offline(False)
    page.goto(live)
    page.get_by_role("button", name="菜单").click()
    page.get_by_role("button", name="李小雨").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("link", name="登录").last).to_be_visible()
    assert forgotten(page, fair.ticket)


def test_a_wrong_phone_clock_makes_good_codes(fair: Fair, open_page: Callable[..., Page], live: str) -> None:
    page = open_page("/", fair.student)
    page.clock.install(time=clock.now() + timedelta(hours=3))
    page.goto(live + fair.ticket)
    page.wait_for_function("() => Math.abs(Number(localStorage.getItem('fairs-clock-offset'))) > 10_000_000")
    offset = timedelta(milliseconds=float(page.evaluate("() => localStorage.getItem('fairs-clock-offset')")))
    assert timedelta(hours=-3, seconds=-30) < offset < timedelta(hours=-3, seconds=30)


def test_the_camera_reads_a_code_into_a_full_screen_answer(
    fair: Fair, launch: Callable[..., Browser], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    camera = launch(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film(fair.code(), tmp_path / 'cam.mjpeg')}",
    )
    page = open_page(fair.link, using=camera)
    assert page.url.endswith("/door"), "the token must not stay in the address"
    page.get_by_role("button", name="开始扫码").click()
    result = page.locator("#door-result")
    expect(result).to_have_attribute("data-tone", "green")
    expect(page.locator("#door-sentence")).to_have_text("请入场")
    expect(page.locator("#door-who")).to_contain_text("李**")
    expect(page.locator("#door-inside")).to_have_text("1")
    expect(result).to_be_hidden()
    assert [(scan.verdict, scan.mode) for scan in scans()][:1] == [(Verdict.IN_OK, ScanMode.ONLINE)]


def test_typed_codes_a_scanner_gun_and_the_way_out(fair: Fair, open_page: Callable[..., Page]) -> None:
    page = open_page(fair.link)
    ready(page)
    page.get_by_label("票号或学号").fill("2023010000019")
    page.get_by_role("button", name="查验").click()
    result = page.locator("#door-result")
    expect(result).to_have_attribute("data-tone", "red")
    result.click()
    expect(result).to_be_hidden()
    page.keyboard.type(fair.code())
    page.keyboard.press("Enter")
    expect(result).to_have_attribute("data-tone", "green")
    expect(result).to_be_hidden()
    page.get_by_role("button", name="离场").click()
    page.get_by_label("票号或学号").fill(tickets.spell(registrations.ticket_of(fair.mine.id).code))
    page.get_by_role("button", name="查验").click()
    expect(page.locator("#door-sentence")).to_have_text("已离场，欢迎再来")
    expect(page.locator("#door-inside")).to_have_text("0")
    assert [scan.verdict for scan in scans()] == [Verdict.UNKNOWN, Verdict.IN_OK, Verdict.OUT_OK]
    assert scans()[-1].direction is Direction.OUT


def test_the_scanner_judges_without_network_and_uploads_later(
    fair: Fair, open_page: Callable[..., Page]
) -> None:
    page = open_page(fair.link)
    expect(page.locator("#door-kept")).to_have_text("断网也能用")
    page.context.set_offline(True)
    page.reload()
    ready(page)
    expect(page.locator("#door-mode")).to_have_text("离线")
    expect(page.locator("#door-kept")).to_have_text("断网也能用")
    result = page.locator("#door-result")
    for code, tone, sentence in (
        (door.shown(fair.mine, clock.now() - timedelta(minutes=5)), "amber", "二维码已过期"),
        (fair.code(), "green", "请入场"),
        (fair.printed(), "green", "此票刚刚扫过"),
        (tickets.new_code(), "red", "没有这张票"),
    ):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(page.locator("#door-sentence")).to_contain_text(sentence)
        expect(result).to_have_attribute("data-tone", tone)
        result.click()
        page.wait_for_timeout(350)  # a gun pauses between two codes
    expect(page.locator("#door-queue")).to_have_text("待上传 4 条")
    assert scans() == []
    page.context.set_offline(False)
    expect(page.locator("#door-queue")).to_have_text("")
    expect(page.locator("#door-mode")).to_have_text("在线")
    expect(page.locator("#door-inside")).to_have_text("1")
    verdicts = [Verdict.STALE_CODE, Verdict.IN_OK, Verdict.REPEAT, Verdict.UNKNOWN]
    assert [scan.verdict for scan in scans()] == verdicts
    assert {scan.mode for scan in scans()} == {ScanMode.OFFLINE}
    assert queries.inside(fair.mine.occurrence_id) == {1: 1}


def test_a_phone_whose_clock_is_wrong_knows_a_shaky_hand_without_network(
    fair: Fair, open_page: Callable[..., Page], live: str
) -> None:
    page = open_page("/")
    page.clock.install(time=clock.now() - timedelta(hours=3))
    page.goto(live + fair.link)
    ready(page)
    page.context.set_offline(True)
    for code, sentence in ((fair.code(), "请入场"), (fair.printed(), "此票刚刚扫过")):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(page.locator("#door-sentence")).to_contain_text(sentence)
        page.locator("#door-result").click()
        page.wait_for_timeout(350)


def test_a_link_opened_again_without_network_leads_to_the_scanner(
    fair: Fair, open_page: Callable[..., Page], live: str
) -> None:
    page = open_page(fair.link)
    expect(page.locator("#door-kept")).to_have_text("断网也能用")
    page.context.set_offline(True)
    for path in (fair.link, "/door?from=chat"):
        page.goto("about:blank")
        page.goto(live + path)
        ready(page)
        expect(page.locator("#door-mode")).to_have_text("离线")
        assert "/door/" not in page.url, "the token must not stay in the address"


def test_a_scanner_that_is_not_kept_whole_does_not_say_that_it_works_without_network(
    fair: Fair, open_page: Callable[..., Page], faults: list[str]
) -> None:
    page = open_page(fair.link, service_workers="block")
    ready(page)
    expect(page.locator("#door-kept")).to_have_text("断网还不能用，请先保持联网")
    page = open_page(fair.link)
    expect(page.locator("#door-kept")).to_have_text("断网也能用")
    script = "/static/checkin/door.js"
    assert asked_to_keep(page, [script, "/static/checkin/none.js"]) == "missing"
    page.context.set_offline(True)
    assert asked_to_keep(page, [script]) == "kept", "what was kept before still stands"
    faults[:] = [fault for fault in faults if "404" not in fault]  # the file that is missing


def test_a_pass_that_is_taken_back_stops_the_phone(
    fair: Fair, open_page: Callable[..., Page], faults: list[str]
) -> None:
    page = open_page(fair.link)
    ready(page)
    actions.revoke_pass(fair.pass_id, by=None, now=clock.now())
    page.keyboard.type(fair.code())
    page.keyboard.press("Enter")
    expect(page.locator("#door-sentence")).to_contain_text("通行证已失效")
    assert scans() == []
    assert page.reload().status == 401
    expect(page.get_by_role("heading", name="需要有效的通行证")).to_be_visible()
    faults[:] = [fault for fault in faults if "401" not in fault]  # the refusal itself


def test_the_browser_says_what_the_server_says(fair: Fair, open_page: Callable[..., Page]) -> None:
    """The vectors of tokens and verdicts, through the modules that the pages load."""
    page = open_page(fair.link)
    vectors = json.loads((TESTS / "registrations" / "token_vectors.json").read_text("utf-8"))
    told = page.evaluate(
        """async (vectors) => {
          const t = await import("/static/registrations/tokens.js");
          const told = [];
          for (const v of vectors) {
            const claim = t.read(v.token);
            const secret = await t.secretOf(await t.keyOf(t.bytesOf(v.fair_key_hex)), claim);
            const made = claim.kind === "rotating" && v.genuine
              ? await t.rotatingToken(await t.keyOf(t.bytesOf(v.secret_hex)), v.version, v.code, v.made_at * 1000)
              : v.token;
            told.push([await t.prove(claim, secret, v.checked_at * 1000, v.tolerance_steps), made]);
          }
          return told;
        }""",
        vectors["tokens"],
    )
    assert told == [[v["proof"], v["token"]] for v in vectors["tokens"]]
    table = json.loads((TESTS / "checkin" / "verdict_vectors.json").read_text("utf-8"))
    wanted = [{**vector, "args": _arguments(table["defaults"], vector)} for vector in table["vectors"]]
    verdicts = page.evaluate(
        """async (vectors) => {
          const { judge } = await import("/static/checkin/verdict.js");
          return vectors.map(({ args }) => judge(args.ticket, args.presence, args.door, args.scanned_at));
        }""",
        wanted,
    )
    assert dict(zip([v["name"] for v in wanted], verdicts, strict=True)) == {
        v["name"]: v["verdict"] for v in wanted
    }


def _arguments(defaults: dict[str, Any], vector: dict[str, Any]) -> dict[str, Any]:
    """The rule's arguments of a vector, times in milliseconds."""

    def part(name: str) -> dict[str, Any] | None:
        if name in vector and vector[name] is None:
            return None
        return {
            key: _milliseconds(value) if key.endswith("_at") and value else value
            for key, value in (defaults[name] | vector.get(name, {})).items()
        }

    at = _milliseconds(vector.get("scanned_at", defaults["scanned_at"]))
    return {name: part(name) for name in ("ticket", "presence", "door")} | {"scanned_at": at}


def _milliseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)

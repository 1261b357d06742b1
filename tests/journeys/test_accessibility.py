"""The main pages of each role on a phone and on a desk: usable by everybody, whole, quiet.

axe-core runs in the page through the browser's own debugging channel, which the content policy allows; the
policy for the page's scripts stays as strict as in production.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from fairs.database import db
from tests.factories.crowd import Crowd
from tests.factories.world import World
from tests.journeys.people import DESK, PHONE

Look = Callable[[Page, str], Iterator[str]]
pytestmark = pytest.mark.journey

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
AROUND = ("body > header", "body > footer")
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "/",
        "/sign-in",
        "/register",
        "/forgotten",
        "/nanhu/",
        "/nanhu/events",
        "/nanhu/events/{event}",
        "/nanhu/live/{stream}",
        "/nanhu/programmes/{programme}",
        "/nanhu/postings",
        "/nanhu/postings/{posting}",
        "/nanhu/postings/{posting}/report",
        "/nanhu/rights",
        "/nanhu/calendar",
    ),
    "student": (
        "/",
        "/nanhu/events/{event}/book",
        "/nanhu/tickets/{registration}",
        "/me/season",
        "/me/wishes",
        "/me/data",
        "/nanhu/month",
        "/me/inbox",
        "/me/calendar",
        "/me",
    ),
    "employer": (
        "/",
        "/employer/{employer}/",
        "/employer/{employer}/papers",
        "/employer/{employer}/contacts",
        "/employer/{employer}/postings",
        "/employer/{employer}/postings/{posting}",
        "/employer/{employer}/postings/new",
        "/employer/{employer}/postings/copies",
        "/employer/{employer}/invitations/{invitation}",
        "/employer/{employer}/fairs",
        "/employer/{employer}/fairs/nanhu/{event}",
        "/employer/{employer}/fairs/nanhu/{event}/staff",
    ),
    "officer": (
        "/",
        "/nanhu/office/vetting",
        "/nanhu/office/vetting/{case}",
        "/nanhu/office/vetting/together",
        "/nanhu/office/complaints/{complaint}",
        "/nanhu/office/events/{event}/inspection/{place}",
        "/nanhu/office/employers/queue",
        "/nanhu/office/employers",
        "/nanhu/office/employers/{standing}",
        "/nanhu/office/students",
        "/nanhu/office/students/import/{file}",
        "/nanhu/office/events",
        "/nanhu/office/events/new",
        "/nanhu/office/events/{event}",
        "/nanhu/office/events/{event}/plan",
        "/nanhu/office/events/{event}/hall",
        "/nanhu/office/events/{event}/booths",
        "/nanhu/office/events/{event}/booths/{place}",
        "/nanhu/office/events/{event}/live",
        "/nanhu/office/events/{event}/live/{live}",
        "/nanhu/office/events/{event}/door",
        "/nanhu/office/events/{event}/scene",
        "/nanhu/office/events/{event}/safety",
        "/nanhu/office/events/{event}/safety/write/venue",
        "/nanhu/office/events/{event}/licence",
        "/nanhu/office/events/{event}/roster",
        "/nanhu/office/safety",
        "/nanhu/office/events/{event}/invitations/pick",
        "/nanhu/office/events/{event}/cancel",
        "/nanhu/office/events/{event}/clone",
        "/nanhu/office/events/{event}/closing",
        "/nanhu/office/events/{event}/effect",
        "/nanhu/office/programmes",
        "/nanhu/office/programmes/{programme}",
        "/nanhu/office/programmes/{programme}/figures",
        "/nanhu/office/month",
        "/nanhu/office/spaces",
        "/nanhu/office/messages",
        "/nanhu/office/tasks",
        "/nanhu/office/tasks/{task}",
        "/nanhu/office/audit",
    ),
    "coordinator": ("/", "/nanhu/office/events"),
    "security": ("/", "/nanhu/office/events/{event}/gates", "/nanhu/office/events/{event}/safety"),
}
"""Pages by who looks at them; nobody signed in for ""."""


def _looked_at(page: Page, url: str) -> Iterator[str]:
    # begun on a phone: a chart that was drawn for a desk takes a moment to become narrow
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a dict of two numbers
    answer = page.goto(url, wait_until="load")
    if answer is None or answer.status != 200:
        yield f"answers {answer and answer.status}"
    for name, size, scheme in (("phone", PHONE, "light"), ("desk", DESK, "dark")):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a dict of two numbers
        # without motion, or a button's colour would be measured while it fades into the other scheme
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of the two words that it takes
        # what differs on a desk at night is its width and its colours; the rest was judged on the phone
        rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
        # what stands around each page of a role is the same: it is judged with the first one
        within = (
            {"exclude": [[part] for part in AROUND]} if urlsplit(url).path != "/" else {"include": [["html"]]}
        )
        for fault in page.evaluate(LOOK, {"rules": rules, "within": within}):
            yield f"{name}: {fault}"


def _fits(page: Page, url: str) -> Iterator[str]:
    page.goto(url, wait_until="load")
    if wide := page.evaluate("document.scrollingElement.scrollWidth - innerWidth"):
        yield f"scrolls sideways by {wide}"


LOOK = """async (options) => {
  const faults = [];
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  if (wide > 0) {
    const outside = [...document.querySelectorAll("main *, header *, footer *")]
      .find((one) => one.getBoundingClientRect().right > innerWidth + 1);
    faults.push(`scrolls sideways by ${wide}: ${outside?.outerHTML.slice(0, 120)}`);
  }
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) faults.push(`${headings} h1`);
  if (!document.title.trim()) faults.push("no title");
  if (!document.querySelector("footer a[href^='tel:']")) faults.push("no hotline");
  const found = await axe.run(options.within, {resultTypes: ["violations"], ...options.rules});
  for (const one of found.violations) {
    const [first] = one.nodes;
    const why = first.any[0]?.message ?? "";
    if (["serious", "critical"].includes(one.impact))
      faults.push(`${one.id}: ${one.nodes.length} × ${first.html.slice(0, 160)} — ${why}`);
  }
  return faults;
}"""


@pytest.fixture
def scene(world: World) -> World:
    """A world with a few of everything."""
    Crowd(world).grow(2)
    db.session.rollback()
    return world


@pytest.fixture
def shown(scene: World, open_page: Callable[..., Page]) -> Callable[..., list[str]]:
    """Looks at every page of a role and tells what is wrong."""

    def shown(role: str, look: Look = _looked_at, begin: str = "/") -> list[str]:
        assert scene.a.employer is not None
        names = {key: value for key, value in scene.names.items() if "." not in key}
        names["employer"] = scene.a.employer.public_id
        page = open_page("/", account=scene.a.people.get(role))
        origin = page.url.rstrip("/")
        page.goto(origin + begin)
        if look is _looked_at:  # it is long: who only looks at the width is spared it
            page.add_init_script(AXE)
        return [
            f"{path}: {fault}"
            for path in (path.format(**names) for path in PAGES[role])
            for fault in look(page, origin + path)
        ]

    return shown


@pytest.mark.parametrize("roles", [("officer",), tuple(role for role in PAGES if role != "officer")])
def test_pages_are_usable_by_everybody_and_fit_a_phone_in_english_too(
    roles: tuple[str, ...], shown: Callable[..., list[str]]
) -> None:
    faults = [fault for role in roles for fault in (*shown(role), *shown(role, _fits, "/language/en"))]
    assert "\n".join(faults) == ""

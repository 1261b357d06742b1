"""People in browsers of their own: they press, follow, fill and look, as first-time users do."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


class Someone:
    """One person with one browser; what is wrong on a page lands in ``faults``, with the name before it."""

    def __init__(
        self, name: str, browser: Browser, start: str, faults: list[str], size: Mapping[str, int] = PHONE
    ) -> None:
        self.name, self.start, self.faults = name, start, faults
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda line: self._fault(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self._fault(str(error)))
        self.page.on("response", self._answered)
        self.shots = 0

    def _fault(self, text: str) -> None:
        self.faults.append(f"{self.name} at {self.page.url}: {text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self._fault(f"{response.status} {response.url}")

    def opens(self, path: str = "/") -> None:
        """The start page, or a link that came by mail or on paper."""
        self.page.goto(path if path.startswith("http") else self.start + path)

    def follows(self, name: str | re.Pattern[str], within: str = "body", exact: bool = True) -> None:
        """Click a visible link; the menu is opened for it, on a desk its second half."""
        self._reach(
            self.page.locator(within).get_by_role("link", name=name, exact=exact, include_hidden=True)
        ).click()

    def presses(self, name: str | re.Pattern[str], within: str = "body", exact: bool = True) -> None:
        """Press a visible button."""
        self._reach(
            self.page.locator(within).get_by_role("button", name=name, exact=exact, include_hidden=True)
        ).click()

    def _reach(self, wanted: Locator) -> Locator:
        wanted.first.wait_for(state="attached")
        visible = wanted.filter(visible=True)
        if not visible.count():
            self.page.get_by_role("button", name=re.compile("^(菜单|更多)$")).first.click()
        return visible.first

    def fills(self, **fields: str) -> None:
        """Type into fields by their visible labels."""
        for label, text in fields.items():
            self.field(label).fill(text)

    def chooses(self, **fields: str) -> None:
        """Choose in lists by their visible labels."""
        for label, text in fields.items():
            self.field(label).select_option(label=text)

    def ticks(self, label: str | re.Pattern[str]) -> None:
        """Tick a visible box."""
        self.page.get_by_label(label).check()

    def unfolds(self, summary: str) -> None:
        """Open a folded part of a page."""
        self.page.locator("summary", has_text=summary).click()

    def field(self, label: str) -> Locator:
        """A field by the words of its label; the mark of optional fields does not matter."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(（选填）)?\s*$")).first

    def sees(self, text: str | re.Pattern[str], within: str = "body") -> None:
        """Something is there to read."""
        expect(self.page.locator(within).get_by_text(text).filter(visible=True).first).to_be_visible()

    def is_refused(self, status: int, act: Callable[[], None]) -> None:
        """``act`` is answered with ``status``, which the browser writes on its console itself."""
        known = len(self.faults)
        with self.page.expect_response(lambda response: response.status == status):
            act()
        self.page.wait_for_load_state()
        own = [f for f in self.faults[known:] if f"the server responded with a status of {status}" in f]
        for line in own:
            self.faults.remove(line)

    def signs_in(self, login: str, password: str) -> None:
        """From the first page, by the link that everybody sees."""
        self.opens()
        self.follows("登录")
        self.fills(登录名=login, 密码=password)
        self.presses("登录", "main")

    def is_known(self, session: str) -> None:
        """Signed in before, now at home."""
        cookie = {"name": "session", "value": session, "url": self.start, "httpOnly": True}
        self.context.add_cookies([cookie])  # type: ignore[list-item]  # a typed dict of these four
        self.opens()

    def agrees(self) -> None:
        """Read and accept the document that stands before everything else."""
        self.page.get_by_role("checkbox").check()
        self.presses("同意并继续")

    def shows(self, step: str) -> None:
        """Keep a picture of the page in the folder that STORY_PICTURES names."""
        folder = os.environ.get("STORY_PICTURES")
        if folder:
            self.shots += 1
            file = Path(folder) / f"{self.name}-{self.shots:02d}-{step}.png"
            self.page.screenshot(path=file, full_page=True)

    def leaves(self) -> None:
        """Close the browser."""
        self.context.close()

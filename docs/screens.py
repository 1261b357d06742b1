"""Takes the screenshots in docs/screens: starts a demo of its own, signs in per role, looks at ten pages.

Run by ``make screens``. Two widths: a phone (390) and a desk (1280).
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
WIDTHS = {"390": {"width": 390, "height": 844}, "1280": {"width": 1280, "height": 900}}
PASSWORD = "campus-fairs"

# name → (login or None, how to get there from the person's home: link texts or a path)
PAGES: dict[str, tuple[str | None, str]] = {
    "visitor-home": (None, "/"),
    "school": (None, "/nanhu/"),
    "event": (None, "first-event"),
    "student-home": ("27010001@nanhu", "/"),
    "ticket": ("27010001@nanhu", "text=打开入场码"),
    "officer-home": ("chen@nanhu.example", "/"),
    "vetting-queue": ("chen@nanhu.example", "/nanhu/office/vetting"),
    "office-event": ("chen@nanhu.example", "first-office-event"),
    "employer-home": ("wang@qiming.example", "/"),
    "booths": ("chen@nanhu.example", "first-board"),
}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(instance: str, port: int) -> subprocess.Popen[bytes]:
    """A demo of its own, ready to answer."""
    environment = os.environ | {"FAIRS_INSTANCE": instance, "PORT": str(port), "WORKERS": "1"}
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "fairs.serve", "--demo"], cwd=ROOT, env=environment, start_new_session=True
    )
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2)
        except OSError:
            time.sleep(0.5)
        else:
            return process
    raise SystemExit("the demo did not start")


def goto(page: Page, base: str, way: str) -> None:
    """Go to a page by its path, or by the links a person would follow."""
    if way.startswith("/"):
        page.goto(base + way)
    elif way == "first-event":
        page.goto(base + "/nanhu/events")
        page.locator("main a[href*='/nanhu/events/']").first.click()
    elif way in {"first-office-event", "first-board"}:
        page.goto(base + "/nanhu/office/events")
        page.locator("main a[href*='/nanhu/office/events/']", has_text="双选会").first.click()
        if way == "first-board":
            page.goto(page.url.rstrip("/") + "/booths")
    else:
        page.goto(base + "/")
        page.locator(way).first.click()
    page.wait_for_load_state("networkidle")


def sign_in(page: Page, base: str, login: str) -> None:
    """Sign in as a person of the demo."""
    page.goto(base + "/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")


def shoot(browser: Browser, base: str) -> None:
    """All pages at both widths."""
    for width, size in WIDTHS.items():
        for name, (login, way) in PAGES.items():
            context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
            page = context.new_page()
            if login:
                sign_in(page, base, login)
            goto(page, base, way)
            page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=width == "390")
            context.close()


def main() -> None:
    """Start, shoot, stop."""
    SCREENS.mkdir(exist_ok=True)
    names = ("chromium", "chromium-headless-shell", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    with tempfile.TemporaryDirectory() as instance, sync_playwright() as playwright:
        port = free_port()
        demo = start(instance, port)
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            shoot(browser, f"http://127.0.0.1:{port}")
            browser.close()
        finally:
            os.killpg(demo.pid, signal.SIGTERM)
            demo.wait(20)


if __name__ == "__main__":
    main()

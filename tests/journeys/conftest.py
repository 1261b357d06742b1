"""A running server and a real browser for the journeys; an error on the browser's console fails the journey."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from werkzeug.serving import make_server

from fairs.clauses.engine import check
from tests.journeys.people import PHONE, Someone

# a busy machine is not a fault: what is expected may take as long as an action may
expect.set_options(timeout=30_000)


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """Journeys are about pages; what differs between databases is tested without a browser."""
    return str(request.param)


@pytest.fixture
def live(app: Flask) -> Iterator[str]:
    """The URL of the application on the test's database, the rulebook read, as ``wsgi.serving`` does."""
    check("")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of the browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def launch(playwright: Playwright) -> Iterator[Callable[..., Browser]]:
    """Starts a browser with more arguments, e.g. a film for its camera."""
    # the shell draws the same pages for half the work; whoever has another Chromium uses that
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, "journeys need a browser: apt-get install -y --no-install-recommends chromium-headless-shell"
    started: list[Browser] = []

    def launch(*arguments: str) -> Browser:
        # root has no sandbox to give; anybody else keeps it
        rooted = ["--no-sandbox"] if os.getuid() == 0 else []
        started.append(playwright.chromium.launch(executable_path=path, args=[*rooted, *arguments]))
        return started[-1]

    yield launch
    for browser in started:
        browser.close()


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Browser:
    """A browser without a camera."""
    return launch()


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What went wrong on the pages; must be empty in the end. Being without network is not a fault."""
    found: list[str] = []
    yield found
    assert [fault for fault in found if "ERR_INTERNET_DISCONNECTED" not in fault] == []


@pytest.fixture
def open_page(
    app: Flask, live: str, browser: Browser, faults: list[str], sign_in: Callable[..., Any]
) -> Iterator[Callable[..., Page]]:
    """Opens a page in a context of its own: as a phone unless told otherwise, signed in if an account is given."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, account: Any = None, using: Browser | None = None, **options: Any) -> Page:
        # without motion: on a busy machine a moving button may stand still long enough to be missed
        settings = {
            "viewport": PHONE,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "reduced_motion": "reduce",
        } | options
        context = (using or browser).new_context(**settings)
        contexts.append(context)
        if account is not None:
            kept = sign_in(account).get_cookie("session")
            context.add_cookies([{"name": "session", "value": kept.value, "url": live, "httpOnly": True}])
        page = context.new_page()
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(live + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def someone(
    browser: Browser, live: str, faults: list[str], sign_in: Callable[..., Any]
) -> Iterator[Callable[..., Someone]]:
    """Opens browsers for people and closes them in the end; whoever has an account is at home already.

    How people sign in is told by the story and by test_ways; the other journeys begin after it.
    """
    there: list[Someone] = []

    def someone(name: str, size: dict[str, int] = PHONE, account: Any = None) -> Someone:
        there.append(Someone(name, browser, live, faults, size))
        if account is not None:
            there[-1].is_known(sign_in(account).get_cookie("session").value)
        return there[-1]

    yield someone
    for one in there:
        one.leaves()

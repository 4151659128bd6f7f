"""The browser for the tests: Debian's Chromium, or whichever `find_browser` finds."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from packager.errors import UsageError
from packager.preview.screenshots import FLAGS, find_browser


def needs_browser() -> str:
    """The browser's program; skips the test where there is none."""
    try:
        return find_browser()
    except UsageError as error:
        pytest.skip(f"{error.message} (Debian: apt-get install chromium)")


@contextlib.contextmanager
def browser_page(width: int = 1400, height: int = 900) -> Iterator["Page"]:  # type: ignore[name-defined]  # noqa: F821
    """A tab of the browser, which fails the test at its end when the page's script or the browser complained."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    program = needs_browser()
    complaints: list[str] = []
    with playwright.sync_playwright() as driver:
        arguments = [*FLAGS[1:], "--no-sandbox"]  # a container's root has to do without the sandbox
        browser = driver.chromium.launch(executable_path=str(Path(program)), args=arguments)
        try:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_default_timeout(10_000)
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            yield page
        finally:
            browser.close()
    assert complaints == []

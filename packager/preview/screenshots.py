"""Pictures of every tab, taken by the browser that is installed."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from packager.errors import PackagerError, UsageError
from packager.preview.export import exported_page
from packager.source.atomic import write_atomically

BROWSER_HINT = "name the program of Chromium, Chrome or Edge in PACKAGER_BROWSER"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
# Nothing of the browser's own may reach for the network, or keep a profile of whoever runs it.
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)
WIDTH, LEAST_HEIGHT = 1280, 720  # pixels: what Partner Center takes as a screenshot, and what a longer tab grows from
SECONDS = 60
LONGEST = 200  # letters of what a browser printed that a message repeats
HEIGHT = re.compile(r'data-height="(\d+)"')
REVIEW = "review + create"


def take_screenshots(model: Mapping[str, Any], folder: Path, theme: str, panel: str | None) -> Iterator[Path]:
    """Write `<number>-<step>.png` for every tab; without a `panel` the form stands alone.

    Raises UsageError when there is no browser or it takes no picture, PackagerError when it does not end.
    """
    browser = find_browser()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "page.html"
        page.write_text(exported_page(model), encoding="utf-8")
        for number, name in enumerate([*(step["name"] for step in model["steps"]), REVIEW], 1):
            address = f"{page.as_uri()}#tab={quote(name)}&theme={theme}&panel={panel or ''}"
            yield _picture(browser, address, Path(scratch), folder / f"{number:02}-{_file_name(name)}.png")


def find_browser() -> str:
    """The program that `PACKAGER_BROWSER` names, else the first of the known ones that is installed."""
    chosen = os.environ.get("PACKAGER_BROWSER")
    names = (chosen,) if chosen else BROWSERS
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        tried = f"'{chosen}' of PACKAGER_BROWSER" if chosen else f"none of {', '.join(BROWSERS)}"
        raise UsageError(
            f"pictures need a browser, and {tried} is installed" if not chosen else f"{tried} is not installed",
            hint="install Chromium, or name the program of another browser of its kind in PACKAGER_BROWSER",
        )
    return found


def _picture(browser: str, address: str, scratch: Path, file: Path) -> Path:
    # The first run only asks how tall the page is.
    page = _run(browser, [f"--window-size={WIDTH},{LEAST_HEIGHT}", "--dump-dom", address], scratch).stdout
    height = max([LEAST_HEIGHT, *(int(found) for found in HEIGHT.findall(page))])
    shot = scratch / "shot.png"
    shot.unlink(missing_ok=True)
    done = _run(browser, [f"--window-size={WIDTH},{height}", f"--screenshot={shot}", address], scratch)
    try:
        write_atomically(file, shot.read_bytes())
    except FileNotFoundError:
        message = f"'{browser}' took no picture of {file.stem}: {_last_words(done)}"
        raise UsageError(message, hint=BROWSER_HINT) from None
    return file


def _run(browser: str, arguments: list[str], scratch: Path) -> subprocess.CompletedProcess[str]:
    # A browser run by root, as in a container, needs telling that it shall do without its own sandbox.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [browser, *FLAGS, *root, f"--user-data-dir={scratch / 'profile'}", *arguments]
    try:
        return subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=SECONDS, check=False, encoding="utf-8", errors="replace"
        )
    except subprocess.TimeoutExpired:
        raise PackagerError(f"'{browser}' did not finish a picture in {SECONDS} seconds") from None
    except OSError as error:
        raise UsageError(f"'{browser}' cannot be run: {error.strerror}", hint=BROWSER_HINT) from None


def _last_words(done: subprocess.CompletedProcess[str]) -> str:
    """The last line that a browser printed, for a message."""
    lines = [line.strip() for line in f"{done.stdout}\n{done.stderr}".splitlines() if line.strip()]
    said = f"the last that it printed is: {lines[-1][:LONGEST]}" if lines else "it printed nothing"
    return f"it ended with {done.returncode}, and {said}"


def _file_name(step: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", step.lower()).strip("-") or "step"

"""Pictures by programs that are no browser, or one that fails."""

import os
import pathlib

import pytest

from packager.errors import UsageError
from packager.preview import screenshots

posix = pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the browser")


@posix
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 0", "it ended with 0, and it printed nothing"),
        (
            "echo page; echo first >&2; echo no display >&2; exit 5",
            "it ended with 5, and the last that it printed is: no display",
        ),
    ],
)
def test_a_browser_that_takes_no_picture(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("PACKAGER_BROWSER", str(browser))
    monkeypatch.setattr(screenshots, "exported_page", lambda model: "")
    with pytest.raises(UsageError) as raised:
        list(screenshots.take_screenshots({"steps": [{"name": "basics"}]}, tmp_path / "shots", "light", None))
    assert str(raised.value) == (
        f"'{browser}' took no picture of 01-basics: {said}\n"
        "  hint: name the program of Chromium, Chrome or Edge in PACKAGER_BROWSER"
    )

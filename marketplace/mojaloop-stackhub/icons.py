"""Draws the icons of the item in a stamp's marketplace from the logo of the offer.

The logo is drawn as wide or high as the picture allows, on its own background. Needs chromium on the PATH.
"""

import base64
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LOGO = HERE.parent / "mojaloop/listing/logo.svg"
SIZES = {"Small": (40, 40), "Medium": (90, 90), "Large": (115, 115), "Wide": (255, 115)}
PAGE = """<!doctype html><style>html,body{{margin:0;background:#0b5d4e;overflow:hidden}}
img{{display:block;width:{width}px;height:{height}px;object-fit:contain}}</style>
<img src="data:image/svg+xml;base64,{logo}">"""


def draw(name: str, width: int, height: int, folder: pathlib.Path) -> None:
    """One icon, exactly as large as that."""
    page = folder / f"{name}.html"
    logo = base64.b64encode(LOGO.read_bytes()).decode()
    page.write_text(PAGE.format(width=width, height=height, logo=logo), encoding="utf-8")
    target = HERE / "gallery/Icons" / f"{name}.png"
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1"]
    picture = [f"--window-size={width},{height}", f"--screenshot={target}", page.as_uri()]
    subprocess.run(["chromium", *options, *picture], check=True, capture_output=True)  # noqa: S603, S607


def main() -> int:
    """Draw all of them."""
    (HERE / "gallery/Icons").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, (width, height) in SIZES.items():
            draw(name, width, height, pathlib.Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())

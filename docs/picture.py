"""Draws what a command prints on a terminal as an SVG, colours included."""

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = ["check", "docs/example", "--today", "2026-11-26", "--color", "always"]
STYLES = {"31": "#ff6b6b", "32": "#69db7c", "33": "#ffd43b", "36": "#66d9e8"}
CODE = re.compile(r"\033\[([\d;]*)m")
WIDTH, LINE, CHARACTER, MARGIN = 128, 19, 8.05, 18


def report_picture() -> str:
    """The report on the example package, as this version prints it."""
    done = subprocess.run(
        [sys.executable, "-m", "packager", *COMMAND], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return svg(f"$ packager {' '.join(COMMAND[:2])}\n{done.stdout}")


def svg(text: str) -> str:
    """A terminal with that text; long lines are wrapped as a terminal wraps them."""
    lines = [row for line in text.rstrip("\n").split("\n") for row in wrapped(list(pieces(line)))]
    width, height = WIDTH * CHARACTER + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    rows = [
        f'<text x="{MARGIN}" y="{MARGIN + 14 + number * LINE}">{"".join(map(span, row))}</text>'
        for number, row in enumerate(lines)
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" role="img" '
        'aria-label="A report of packager check"><style>text{font:13.4px ui-monospace,Consolas,Menlo,monospace;'
        'fill:#e9ecef;white-space:pre}</style><rect width="100%" height="100%" rx="8" fill="#1b1e23"/>'
    )
    return "\n".join([head, *rows, "</svg>", ""])


def pieces(line: str) -> Iterator[tuple[str, str]]:
    """Stretches of one style: pairs of the SVG attributes and the text."""
    style = ""
    for number, part in enumerate(CODE.split(line)):
        if number % 2:
            style = style_of(part, style)
        elif part:
            yield style, part


def style_of(codes: str, before: str) -> str:
    """The attributes for a control sequence; the last colour stays until it is reset."""
    if codes in {"", "0"}:
        return ""
    for code in codes.split(";"):
        if code == "1":
            before += ' font-weight="bold"'
        elif code == "2":
            before += ' fill-opacity="0.65"'
        elif code in STYLES:
            before += f' fill="{STYLES[code]}"'
    return before


def wrapped(line: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Rows of at most WIDTH characters."""
    row: list[tuple[str, str]] = []
    room = WIDTH
    for style, text in line:
        while len(text) > room:
            yield [*row, (style, text[:room])]
            row, text, room = [], text[room:], WIDTH
        row.append((style, text))
        room -= len(text)
    yield row


def span(piece: tuple[str, str]) -> str:
    """One stretch as SVG."""
    style, text = piece
    return f"<tspan{style}>{html.escape(text, quote=False)}</tspan>"

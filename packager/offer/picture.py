"""The size of a PNG picture, read from its header; no picture is decoded."""

import struct
from typing import NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


def png_size(data: bytes) -> Size | None:
    """The size of a PNG file that begins with `data`; None when it is none."""
    if not data.startswith(SIGNATURE) or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return Size(width, height) if width and height else None

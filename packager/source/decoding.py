"""Bytes to text: UTF-8 and nothing else, with an explanation for everything else.

The text is returned all the same, as well as it can be made out, so that it can be shown.
"""

from packager.source.limits import Limits
from packager.source.reading import SyntaxProblem
from packager.source.span import Span

# The longer marks first: that of UTF-32 starts with that of UTF-16.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAVE_AS_UTF_8 = "save the file as UTF-8"


def decode(data: bytes, limits: Limits) -> tuple[str, SyntaxProblem | None]:
    """The text of `data`, and why it is not acceptable."""
    if len(data) > limits.bytes:
        message = f"the file has {len(data):,} bytes; the limit is {limits.bytes:,}"
        return "", SyntaxProblem(message, Span(0, 0), "keep generated or binary content out of the file")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            message = f"the file is {encoding.upper()}, not UTF-8"
            return data.decode(encoding, "replace"), SyntaxProblem(message, Span(0, 0), _SAVE_AS_UTF_8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _undecodable(data, error)
    return text, _nul_problem(text) if "\0" in text else None


def _undecodable(data: bytes, error: UnicodeDecodeError) -> tuple[str, SyntaxProblem]:
    start = len(data[: error.start].decode("utf-8"))
    text = data.decode("utf-8", "replace")
    if b"\0" in data[:4096]:
        return text, _nul_problem(text)
    message = f"the file is not UTF-8: byte 0x{data[error.start]:02x} cannot stand here"
    return text, SyntaxProblem(message, Span(start, start + 1), _SAVE_AS_UTF_8)


def _nul_problem(text: str) -> SyntaxProblem:
    start = text.index("\0")
    span = Span(start, start + 1)
    if text[1:20:2].strip("\0") == "" or text[0:20:2].strip("\0") == "":
        return SyntaxProblem("the file is UTF-16 without a byte-order mark, not UTF-8", span, _SAVE_AS_UTF_8)
    return SyntaxProblem("the file has a NUL character", span, "is it a binary file?")

"""Composite formats, `{index,alignment:format}`, as String.Format reads them."""

import re
from collections.abc import Sequence

from packager.expressions.errors import INVALID_FORMAT, ExpressionError
from packager.expressions.jsontext import plain_text
from packager.expressions.kinds import FLOAT, INTEGER
from packager.expressions.limits import refuse_text
from packager.expressions.values import Value, kind_of
from packager.source.lazy import lazy_pattern

_PIECE = lazy_pattern(r"([^{}]+)|(\{\{|\}\})|\{([0-9]{1,7}) *(?:, *(-?[0-9]{1,7}) *)?(?::([^{}]*))?\}|(.)", re.DOTALL)


def format_text(form: str, arguments: Sequence[Value]) -> str:
    """The format with the arguments in it. Raises ExpressionError for a malformed one or an index beyond the last."""
    parts: list[str] = []
    length = 0
    texts: dict[str, str] = {}
    for match in _PIECE.finditer(form):
        if match[6]:
            raise _malformed(form, match.start())
        text = match[1] or (match[2] or "")[:1]
        if match[3]:
            text = texts.get(match[0]) or _item(match, arguments)
            texts[match[0]] = text
        length += len(text)
        refuse_text(length)
        parts.append(text)
    return "".join(parts)


def _item(match: re.Match[str], arguments: Sequence[Value]) -> str:
    index = int(match[3])
    if index >= len(arguments):
        count = len(arguments)
        message = f"the format asks for argument {{{index}}}, but there {'is' if count == 1 else 'are'} {count}"
        raise ExpressionError(INVALID_FORMAT, message, None, "counting starts at 0")
    value = arguments[index]
    text = _number(value, match[5]) if match[5] and kind_of(value) & (INTEGER | FLOAT) else plain_text(value, "'")
    width = int(match[4] or 0)
    refuse_text(abs(width))
    return text.ljust(-width) if width < 0 else text.rjust(width)


def _number(value: Value, form: str) -> str:
    # Exact decimals cost milliseconds of start-up, and few formats of templates ask for more than {0}.
    from packager.expressions.dotnet.numbers import format_number

    return format_number(value, form)


def _malformed(form: str, offset: int) -> ExpressionError:
    hint = "a place is written {0} or {0:N2}, a brace itself twice: {{ or }}"
    return ExpressionError(INVALID_FORMAT, f"the format is malformed at '{form[offset : offset + 20]}'", None, hint)

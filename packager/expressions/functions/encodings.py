"""Texts in other clothes: base64, data URIs, JSON."""

import base64 as codec
import binascii
import re

from packager.expressions.errors import INVALID_BASE64, INVALID_JSON, INVALID_URI, ExpressionError
from packager.expressions.function import function
from packager.expressions.kinds import ANY, STRING
from packager.expressions.limits import measure
from packager.expressions.values import Value
from packager.source import jsonc
from packager.source.lazy import lazy_pattern
from packager.source.limits import LIMITS

_WHITE_SPACE = lazy_pattern(r"[ \t\r\n]+")
_DATA_URI = lazy_pattern(r"data:([^,]*),(.*)", re.DOTALL | re.IGNORECASE)


@function(STRING, gives=STRING, example="base64('one, two, three')", result="b25lLCB0d28sIHRocmVl")
def base64(input_string: str) -> str:
    """The base64 form of a text's UTF-8 bytes."""
    return codec.b64encode(input_string.encode("utf-8", "replace")).decode()


@function(STRING, gives=STRING, example="base64ToString('b25lLCB0d28sIHRocmVl')", result="one, two, three")
def base64_to_string(base64_value: str) -> str:
    """The text whose base64 form is given."""
    return _decoded(base64_value)


@function(STRING, gives=ANY, example="base64ToJson('eyJvbmUiOiAiYSJ9')", result={"one": "a"})
def base64_to_json(base64_value: str) -> Value:
    """The JSON value in a base64 form."""
    return parse_json(_decoded(base64_value))


@function(STRING, gives=STRING, example="dataUri('Hello')", result="data:text/plain;charset=utf-8;base64,SGVsbG8=")
def data_uri(string_to_convert: str) -> str:
    """A data URI that holds a text."""
    return (
        f"data:text/plain;charset=utf-8;base64,{codec.b64encode(string_to_convert.encode('utf-8', 'replace')).decode()}"
    )


@function(STRING, gives=STRING, example="dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')", result="Hello, World!")
def data_uri_to_string(data_uri_to_convert: str) -> str:
    """The text that a data URI holds; without `;base64` it stands there as it is."""
    match = _DATA_URI.fullmatch(data_uri_to_convert)
    if match is None:
        hint = "write it as data:text/plain;charset=utf-8;base64,..."
        raise ExpressionError(INVALID_URI, f"'{data_uri_to_convert[:60]}' is no data URI", None, hint)
    return _decoded(match[2]) if match[1].lower().endswith(";base64") or match[1].lower() == "base64" else match[2]


@function(STRING, gives=ANY, example="json('{\"a\": [1, true]}')", result={"a": [1, True]})
def json(value: str) -> Value:
    """The value of a JSON text; single quotes and comments are taken, an empty text is null."""
    return parse_json(value)


def parse_json(text: str) -> Value:
    """The value of JSON text as Azure's reader takes it. Raises ExpressionError when it is none."""
    if not text.strip():
        return None
    reading = jsonc.read_leniently(text, LIMITS) if "'" in text else jsonc.read(text)
    if reading.problem is not None:
        message = f"the text is no JSON: {reading.problem.message}"
        raise ExpressionError(INVALID_JSON, message, None, reading.problem.hint)
    measure(reading.value)
    return reading.value


def _decoded(text: str) -> str:
    compact = _WHITE_SPACE.sub("", text)
    try:
        return codec.b64decode(compact.encode("ascii"), validate=True).decode("utf-8", "replace")
    except (binascii.Error, UnicodeEncodeError):
        raise ExpressionError(INVALID_BASE64, f"'{text[:60]}' is no base64 text") from None

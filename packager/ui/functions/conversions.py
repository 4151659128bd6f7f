"""Functions that turn values into others: numbers, JSON, base64 and the parts of addresses."""

import base64
import binascii
import json
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from packager.expressions.errors import INVALID_BASE64, INVALID_URI, TOO_DEEP, ExpressionError
from packager.expressions.limits import measure, refuse_text
from packager.source.lazy import lazy_pattern
from packager.ui.function import ANY, BOOLEAN, NULL, NUMBER, STRING, function
from packager.ui.numbers import numeric, whole
from packager.ui.texts import joined, json_text
from packager.ui.values import UNDEFINED, Number, Value, is_true, number

# What encodeURIComponent leaves as it is, letters and digits aside.
_UNRESERVED = "-_.!~*'()"
_ESCAPE = lazy_pattern(r"%(?![0-9A-Fa-f]{2})")
_MOST_DIGITS = 400
# Values are written by recursion, two frames a level.
MAX_NESTING = 100


@function(STRING | NUMBER | BOOLEAN | NULL, gives=BOOLEAN, example="bool('false')", result=False)
def bool_(value: Value) -> Value:
    """False for 0, for false and null, for an empty text and for `false` in any case; else true."""
    return is_true(value) and not (isinstance(value, str) and value.lower() == "false")


@function(STRING | NUMBER, gives=NUMBER, example="int('2.9')", result=2)
def int_(value: str | Number) -> Value:
    """The number without its fraction; undefined for a text that is no number."""
    found = numeric(value) if isinstance(value, str) else value
    return UNDEFINED if found is None else whole(found)


@function(STRING | NUMBER, gives=NUMBER, example="float('1.5')", result=1.5)
def float_(value: str | Number) -> Value:
    """The number; undefined for a text that is none."""
    found = numeric(value) if isinstance(value, str) else value
    return UNDEFINED if found is None else found


@function(ANY, gives=STRING, example="string(parse('[1, 2]'))", result="[1,2]")
def string(value: Value) -> Value:
    """The JSON text of a value, so a text gets double quotes around it."""
    return json_text(value)


@function(STRING, gives=ANY, example="""parse('{"type": "webapp"}')""", result={"type": "webapp"})
def parse(text: str) -> Value:
    """The value of a JSON text; undefined for what is no JSON."""
    refuse_text(len(text))
    try:
        found: Value = json.loads(text, parse_int=_read_integer, parse_float=_read_float, parse_constant=_refuse)
    except RecursionError:
        raise ExpressionError(TOO_DEEP, "the JSON is nested too deep") from None
    except ValueError:
        return UNDEFINED
    measure(found, MAX_NESTING)
    return found


def _read_integer(written: str) -> Number:
    return number(int(written)) if len(written) <= _MOST_DIGITS else float(written)


def _read_float(written: str) -> Number:
    return number(float(written))


def _refuse(_: str) -> Any:
    raise ValueError


@function(STRING, gives=STRING, example="encodeBase64('Contoso')", result="Q29udG9zbw==")
def encode_base64(text: str) -> Value:
    """The text in UTF-8 as base64."""
    return base64.b64encode(_utf8(text)).decode("ascii")


@function(STRING, gives=STRING, example="decodeBase64('Q29udG9zbw==')", result="Contoso")
def decode_base64(text: str) -> Value:
    """The text whose UTF-8 is written in base64."""
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        raise ExpressionError(INVALID_BASE64, "the text is no base64 of UTF-8 text") from None


@function(STRING, gives=STRING, example="encodeUriComponent('a/b c')", result="a%2Fb%20c")
def encode_uri_component(text: str) -> Value:
    """The text for a part of an address, as JavaScript encodes it."""
    return quote(_utf8(text), safe=_UNRESERVED)


@function(STRING, gives=STRING, example="decodeUriComponent('%27')", result="'")
def decode_uri_component(text: str) -> Value:
    """The text whose encoded form stands in an address."""
    try:
        if _ESCAPE.search(text):
            raise ValueError
        return unquote_to_bytes(_utf8(text)).decode("utf-8")
    except ValueError:
        raise ExpressionError(INVALID_URI, "a percent sign is not followed by the code of a character") from None


def _utf8(text: str) -> bytes:
    try:
        return joined(text).encode("utf-8")
    except UnicodeEncodeError:
        raise ExpressionError(INVALID_URI, "the text holds half a character") from None

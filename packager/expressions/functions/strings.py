"""Texts: searching, cutting, joining, formatting. Positions and lengths count UTF-16 code units, as in .NET."""

import re

from packager.expressions.dotnet.casing import WHITE_SPACE, cut, lower, unit_offset, units, upper
from packager.expressions.dotnet.composite import format_text
from packager.expressions.equality import position
from packager.expressions.errors import ARGUMENT_TYPE, ARGUMENT_VALUE, ExpressionError
from packager.expressions.function import function
from packager.expressions.jsontext import plain_text
from packager.expressions.kinds import ANY, ARRAY, BOOLEAN, INTEGER, STRING, names_of
from packager.expressions.limits import refuse_text
from packager.expressions.values import Value, kind_of
from packager.source.folding import folded


@function(STRING, STRING, gives=BOOLEAN, example="startsWith('abcdef', 'A')", result=True)
def starts_with(string_to_search: str, string_to_find: str) -> bool:
    """Whether a text starts with another, ignoring case."""
    return folded(string_to_search).startswith(folded(string_to_find))


@function(STRING, STRING, gives=BOOLEAN, example="endsWith('abcdef', 'F')", result=True)
def ends_with(string_to_search: str, string_to_find: str) -> bool:
    """Whether a text ends with another, ignoring case."""
    return folded(string_to_search).endswith(folded(string_to_find))


@function(STRING | ARRAY, ANY, gives=INTEGER, costly=True, example="indexOf('FOOBAR', 'bar')", result=3)
def index_of(string_to_search: Value, item_to_find: Value) -> int:
    """Where a text first has another (ignoring case) or an array an item (exactly); -1 when it has not."""
    if isinstance(string_to_search, list):
        return position(string_to_search, item_to_find)
    return unit_offset(string_to_search, folded(string_to_search).find(folded(_text(item_to_find))))


@function(STRING | ARRAY, ANY, gives=INTEGER, costly=True, example="lastIndexOf('abcba', 'b')", result=3)
def last_index_of(string_to_search: Value, item_to_find: Value) -> int:
    """Where a text last has another (ignoring case) or an array an item (exactly); -1 when it has not."""
    if isinstance(string_to_search, list):
        found = position(string_to_search[::-1], item_to_find)
        return found if found < 0 else len(string_to_search) - 1 - found
    return unit_offset(string_to_search, folded(string_to_search).rfind(folded(_text(item_to_find))))


def _text(value: Value) -> str:
    if kind_of(value) != STRING:
        message = f"a text can be looked up in a text only, not {names_of(kind_of(value))}"
        raise ExpressionError(ARGUMENT_TYPE, message)
    return str(value)


@function(
    STRING,
    ANY,
    gives=STRING,
    required=1,
    costly=True,
    example="format('{0}: {1:N0}', 'Total', 8175133)",
    result="Total: 8,175,133",
)
def format_(format_string: str, *args: Value) -> str:
    """The format with each `{0}` replaced by an argument; `{1,8:N2}` aligns and formats as .NET does."""
    return format_text(format_string, args)


@function(ARRAY, STRING, gives=STRING, costly=True, example="join(createArray('a', 1, true()), '/')", result="a/1/True")
def join(input_array: list[Value], delimiter: str) -> str:
    """The items of an array as one text, with the delimiter between them."""
    texts = [_scalar(item) for item in input_array]
    refuse_text(sum(map(len, texts)) + len(delimiter) * max(len(texts) - 1, 0))
    return delimiter.join(texts)


def _scalar(value: Value) -> str:
    if kind_of(value) & ARRAY:
        raise ExpressionError(ARGUMENT_TYPE, "an array of arrays cannot be joined", None, "use flatten() first")
    return plain_text(value)


@function(STRING, STRING, gives=BOOLEAN, example="like('AbcDef', 'abc*')", result=True)
def like(input_: str, pattern: str) -> bool:
    """Whether a whole text matches a pattern in which `*` stands for any characters, ignoring case."""
    text, pieces = folded(input_), folded(pattern).split("*")
    if len(pieces) == 1:
        return text == pieces[0]
    if not text.startswith(pieces[0]) or not text.endswith(pieces[-1]):
        return False
    offset, end = len(pieces[0]), len(text) - len(pieces[-1])
    for piece in pieces[1:-1]:
        offset = text.find(piece, offset, end)
        if offset < 0:
            return False
        offset += len(piece)
    return offset <= end


@function(STRING | INTEGER, INTEGER, STRING, gives=STRING, example="padLeft('123', 10, '0')", result="0000000123")
def pad_left(value_to_pad: str | int, total_length: int, padding_character: str = " ") -> str:
    """The text with characters in front of it until it is that long; a longer one stays."""
    text = str(value_to_pad)
    if units(padding_character) != 1:
        raise ExpressionError(ARGUMENT_VALUE, f"padLeft fills with one character, not '{padding_character[:20]}'")
    if total_length < 0:
        raise ExpressionError(ARGUMENT_VALUE, "padLeft needs a length of 0 or more")
    refuse_text(total_length)
    return padding_character * (total_length - units(text)) + text


@function(STRING, STRING, STRING, gives=STRING, example="replace('123-123-1234', '-', '')", result="1231231234")
def replace(original_string: str, old_string: str, new_string: str) -> str:
    """The text with every occurrence of another replaced; case counts."""
    if not old_string:
        raise ExpressionError(ARGUMENT_VALUE, "replace cannot look for an empty text")
    refuse_text(len(original_string) + original_string.count(old_string) * (len(new_string) - len(old_string)))
    return original_string.replace(old_string, new_string)


@function(
    STRING,
    STRING | ARRAY,
    gives=ARRAY,
    example="split('one;two,three', createArray(',', ';'))",
    result=["one", "two", "three"],
)
def split(input_string: str, delimiter: Value) -> list[Value]:
    """The parts between the delimiters, empty ones too."""
    if isinstance(delimiter, str):
        return list(input_string.split(delimiter)) if delimiter else [input_string]
    delimiters = [_text(item) for item in delimiter]
    pattern = "|".join(re.escape(item) for item in delimiters if item)
    return list(re.split(pattern, input_string)) if pattern else [input_string]


@function(ANY, gives=STRING, costly=True, example="string(createArray('a', 1))", result='["a",1]')
def string(value_to_convert: Value) -> str:
    """The text of any value: True and False for bool, compact JSON for objects and arrays."""
    return plain_text(value_to_convert)


@function(STRING, INTEGER, INTEGER, gives=STRING, example="substring('one two three', 4, 3)", result="two")
def substring(string_to_parse: str, start_index: int, length: int | None = None) -> str:
    """A part of a text; it must lie inside."""
    whole = units(string_to_parse)
    end = whole if length is None else start_index + length
    if start_index < 0 or end < start_index or end > whole:
        message = f"substring from {start_index} to {end} lies outside a text of {whole} characters"
        raise ExpressionError(ARGUMENT_VALUE, message)
    return cut(string_to_parse, start_index, end)


@function(STRING, gives=STRING, example="toLower('One Two')", result="one two")
def to_lower(string_to_change: str) -> str:
    """The text in lower case."""
    return lower(string_to_change)


@function(STRING, gives=STRING, example="toUpper('One Two')", result="ONE TWO")
def to_upper(string_to_change: str) -> str:
    """The text in upper case."""
    return upper(string_to_change)


@function(STRING, gives=STRING, example="trim('  one two  ')", result="one two")
def trim(string_to_trim: str) -> str:
    """The text without white space at its ends."""
    return string_to_trim.strip(WHITE_SPACE)

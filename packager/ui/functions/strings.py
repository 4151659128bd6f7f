"""Functions of texts; positions are counted as JavaScript counts them, and case matters."""

import uuid

from packager.expressions.errors import INVALID_FORMAT, ExpressionError
from packager.expressions.limits import refuse_text
from packager.source.lazy import lazy_pattern
from packager.ui.function import ANY, ARRAY, BOOLEAN, NUMBER, STRING, Frame, function
from packager.ui.numbers import BLANKS, whole
from packager.ui.texts import joined, json_text, text_of, units
from packager.ui.values import Number, Value

_PART = lazy_pattern(r"\{\{|\}\}|\{([0-9]{1,3})\}|[{}]")


@function(
    STRING | NUMBER | BOOLEAN | ARRAY, gives=STRING | ARRAY, example="concat('a', 1, 'b')", result="a1b", required=1
)
def concat(*values: Value) -> Value:
    """The texts one after the other, numbers written out; arrays only among themselves."""
    if all(isinstance(value, list) for value in values):
        return [item for value in values for item in value]
    parts = [json_text(value) if isinstance(value, list) else text_of(value) for value in values]
    refuse_text(sum(map(len, parts)))
    return joined("".join(parts))


@function(STRING, STRING, gives=BOOLEAN, example="endsWith('tuvwxyz', 'xyz')", result=True)
def ends_with(text: str, end: str) -> Value:
    """Whether a text ends with another; case matters."""
    return text.endswith(end)


@function(STRING, STRING, gives=BOOLEAN, example="startsWith('abcdefg', 'ab')", result=True)
def starts_with(text: str, start: str) -> Value:
    """Whether a text begins with another; case matters."""
    return text.startswith(start)


@function(STRING, STRING, gives=NUMBER, example="indexOf('abcdef', 'cd')", result=2)
def index_of(text: str, part: str) -> Value:
    """Where a part of the text begins first, counted from 0; -1 when it is not there."""
    return units(text).find(units(part))


@function(STRING, STRING, gives=NUMBER, example="lastIndexOf('test', 't')", result=3)
def last_index_of(text: str, part: str) -> Value:
    """Where a part of the text begins last, counted from 0; -1 when it is not there."""
    return units(text).rfind(units(part))


@function(STRING, STRING, STRING, gives=STRING, example="replace('a-b-c', '-', '')", result="abc")
def replace(text: str, old: str, new: str) -> Value:
    """The text with every occurrence of a part replaced; the part is no pattern."""
    count = text.count(old)
    refuse_text(len(text) + count * (len(new) - len(old)))
    return text.replace(old, new)


@function(STRING, NUMBER, NUMBER, gives=STRING, example="substring('webapp', 3, 9)", result="app")
def substring(text: str, start: Number, length: Number) -> Value:
    """So many characters from a position on, or as many as there are."""
    first = max(0, whole(start))
    return joined(units(text)[first : first + max(0, whole(length))])


@function(STRING, gives=STRING, example="toLower('CONTOSO')", result="contoso")
def to_lower(text: str) -> Value:
    """The text in small letters."""
    return text.lower()


@function(STRING, gives=STRING, example="toUpper('contoso')", result="CONTOSO")
def to_upper(text: str) -> Value:
    """The text in capital letters."""
    return text.upper()


@function(gives=STRING, example="length(guid())", result=36, form="framed")
def guid(frame: Frame) -> Value:
    """A random id, in small letters with hyphens."""
    return str(uuid.UUID(int=frame.chance.getrandbits(128), version=4))


@function(STRING, gives=STRING, example="trim('  a ')", result="a", standing="observed")
def trim(text: str) -> Value:
    """The text without blanks at both ends."""
    return text.strip(BLANKS)


@function(
    STRING,
    ANY,
    gives=STRING,
    example="format('{0}-{1}', 'a', 1)",
    result="a-1",
    standing="observed",
    required=1,
)
def format_(pattern: str, *values: Value) -> Value:
    """The text with `{0}`, `{1}` ... replaced by the other arguments; `{{` and `}}` are brackets."""

    def part(written: str, position: str | None) -> str:
        if position is None:
            if len(written) == 1:
                raise ExpressionError(INVALID_FORMAT, f"a single '{written}' is written twice")
            return written[0]
        if int(position) >= len(values):
            raise ExpressionError(INVALID_FORMAT, f"there is no argument for {written}")
        value = values[int(position)]
        return json_text(value) if isinstance(value, (list, dict)) else text_of(value)

    made = _PART.sub(lambda match: part(match[0], match[1]), pattern)
    refuse_text(len(made))
    return made


@function(STRING, STRING, gives=BOOLEAN, example="regex('web1', '^[a-z]+$')", result=False, standing="observed")
def regex(text: str, pattern: str) -> Value:
    """Whether a JavaScript pattern, which may stand between slashes, fits a part of the text."""
    from packager.ui.patterns import matches  # reading patterns costs time that most expressions do not need

    inner = pattern[1:-1] if len(pattern) > 1 and pattern[0] == pattern[-1] == "/" else pattern
    return matches(inner, text)
